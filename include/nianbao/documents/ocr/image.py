"""Picture files, opened within limits."""

import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nianbao.documents.confined.limits import Word
from nianbao.documents.ocr.engine import Picture, recogniser
from nianbao.documents.ocr.picture import read_picture
from nianbao.documents.pdf.assemble import assemble
from nianbao.errors import ReadError
from nianbao.model import Document

if TYPE_CHECKING:
    from PIL import Image

_MOST_PIXELS = 40_000_000
"""A page of A4 at 600 dots to the inch has 35 million."""
_MOST_PICTURES = 50
_CLEAR = ("RGBA", "LA", "PA", "La", "RGBa")
"""Kinds of pictures that have paper of no colour of its own."""


def read_picture_file(data: bytes, tick: Callable[[Word], None] = lambda word: None) -> Document:
    """Read a picture file; see `nianbao.documents.ocr.read_image`. `tick` hears how far it is."""
    pages = []
    for number, grey in enumerate(pictures_in(data), start=1):
        tick("scan")
        pages.append(read_picture(grey, number, recogniser()))
        tick("page")
    document = assemble(pages, "ocr")
    if not document.blocks:
        raise ReadError("no_text_layer", "no text was recognised in the picture")
    return replace(document, metadata={"recognised": "optically"})


def pictures_in(data: bytes) -> Iterator[Picture]:
    """Yield the pictures of a file in shades of grey, upright.

    Raises `ReadError` with the code `damaged`, `over_limit` or `unsupported_format`.
    """
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
            _check_count(image)
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise ReadError("over_limit", "a larger picture than any page")
                yield np.asarray(_grey(frame), np.uint8)
    except UnidentifiedImageError as error:
        raise ReadError("unsupported_format", "no picture of a known kind") from error
    except Image.DecompressionBombError as error:
        raise ReadError("over_limit", f"a larger picture than any page: {error}") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ReadError("damaged", f"not a readable picture: {error}") from error


def _check_count(image: "Image.Image") -> None:
    """Refuse a file of more pictures than a report has pages, before the first is read."""
    try:
        image.seek(_MOST_PICTURES)
    except EOFError:
        image.seek(0)
        return
    raise ReadError("over_limit", f"more than {_MOST_PICTURES} pictures in one file")


def _grey(frame: "Image.Image") -> "Image.Image":
    """Return a picture in grey; only one that has transparent parts needs paper below it."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(frame)
    if upright.mode in _CLEAR or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        upright = Image.alpha_composite(paper, clear)
    return upright.convert("L")
