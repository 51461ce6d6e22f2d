"""What the head of a binary Word file says of it ([MS-DOC] 2.5.2, FibBase)."""

import io
import struct

from nianbao.errors import ReadError

_STREAM = "WordDocument"
_WORD_97 = 0x00C1
"""The version in files of Word 97 and later."""
_ENCRYPTED = 0x0100
_BEFORE_97 = "MS Word 95"
_SINCE_97 = "MS Word 97"


def refuse_encrypted(data: bytes) -> None:
    """Raise `ReadError("encrypted")` for a file under a password, `"damaged"` for one without a head."""
    _, flags = _head(data)
    if flags & _ENCRYPTED:
        raise ReadError("encrypted", "the file is protected by a password")


def import_filter_of(data: bytes) -> str:
    """Return the filter of LibreOffice that reads this version of Word."""
    version, _ = _head(data)
    return _SINCE_97 if version >= _WORD_97 else _BEFORE_97


def _head(data: bytes) -> tuple[int, int]:
    """Return the version and the flags."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            head = ole.openstream(_STREAM).read(12)
        version, flags = struct.unpack("<2xH6xH", head)
    except Exception as error:
        # The library raises IndexError, struct.error and others on what is not a whole container.
        raise ReadError("damaged", f"no Word document in the container: {error}") from error
    return version, flags
