"""Pictures of pages to `Document`, by optical recognition where the extra `ocr` is installed.

A number is kept only if two readings and the shapes of its digits agree; another one is printed with
a question mark behind it, so that it stays text and is reported as unread.
"""

from importlib.util import find_spec

from nianbao.errors import ReadError
from nianbao.model import Document

_NEEDED = ("rapidocr", "onnxruntime", "cv2")


def ocr_available() -> bool:
    """Tell whether the packages for optical recognition are installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def require_ocr() -> None:
    """Raise `ReadError("converter_missing")` where optical recognition is not installed."""
    if not ocr_available():
        raise ReadError(
            "converter_missing", "pictures of text need rapidocr: pip install 'nianbao[ocr]'"
        )


def read_image(data: bytes) -> Document:
    """Read a picture, or the pictures of a TIFF one after the other.

    Raises `ReadError` with the code `converter_missing`, `damaged`, `over_limit` or `no_text_layer`,
    the last where nothing was recognised.
    """
    require_ocr()
    from nianbao.documents.confined.read import read_confined

    return read_confined("image", data)
