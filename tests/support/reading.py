"""The documents of a file, each read by itself: what reading many files together must give too."""

from collections.abc import Iterator

from nianbao.documents.read import files_in, named, read_document
from nianbao.errors import ReadError
from nianbao.model import Document


def read_documents(data: bytes) -> Iterator[Document | ReadError]:
    """Yield the documents of a file: of a bundle each member's, with errors in their places.

    Raises `ReadError` where the file itself cannot be read.
    """
    for name, part in files_in(data):
        if not name and not isinstance(part, ReadError):
            yield read_document(part)
            return
        try:
            yield part if isinstance(part, ReadError) else read_document(part)
        except ReadError as error:
            yield named(error, name)
