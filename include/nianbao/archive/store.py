"""The bytes as received, each once, under their SHA-256."""

from nianbao.archive.place import Place
from nianbao.errors import ReadError
from nianbao.model import sha256_of


class Archive:
    """Bytes by hash at `<root>/bytes/ab/abcdef…`; nothing in it is ever rewritten."""

    def __init__(self, root_url: str) -> None:
        """Open an archive in a folder or below any fsspec URL; nothing is created yet."""
        self._place = Place.at(root_url)

    def put(self, data: bytes) -> str:
        """Keep some bytes and return their SHA-256; writers of the same bytes do no harm."""
        sha256 = sha256_of(data)
        if not self.has(sha256):
            self._place.write(_path(sha256), data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes of a hash.

        Raises `ReadError` with the code `archive_missing` where they are not here, and
        `archive_damaged` where what is stored has another hash.
        """
        try:
            data = self._place.read(_path(sha256))
        except FileNotFoundError:
            raise ReadError("archive_missing", f"the archive has no {sha256}") from None
        if sha256_of(data) != sha256:
            raise ReadError("archive_damaged", f"the bytes stored as {sha256} have another hash")
        return data

    def has(self, sha256: str) -> bool:
        """Tell whether the bytes of a hash are here."""
        return self._place.exists(_path(sha256))


def _path(sha256: str) -> str:
    return f"bytes/{sha256[:2]}/{sha256}"
