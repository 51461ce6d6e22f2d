"""Picture files, opened within limits."""

import io
import warnings
from collections.abc import Iterator

import numpy as np

from nianbao.documents.ocr.engine import Picture, recogniser
from nianbao.documents.ocr.picture import read_picture
from nianbao.documents.pdf.assemble import assemble
from nianbao.errors import ReadError
from nianbao.model import Document

_MOST_PIXELS = 60_000_000
_MOST_PICTURES = 50


def read_picture_file(data: bytes) -> Document:
    """Read a picture file; see `nianbao.documents.ocr.read_image`."""
    pages = [
        read_picture(grey, number, recogniser())
        for number, grey in enumerate(_pictures(data), start=1)
    ]
    document = assemble(pages, "ocr")
    if not document.blocks:
        raise ReadError("no_text_layer", "no text was recognised in the picture")
    return document


def _pictures(data: bytes) -> Iterator[Picture]:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if frame.width * frame.height > _MOST_PIXELS or number >= _MOST_PICTURES:
                    raise ReadError("over_limit", "a larger picture than any page")
                upright = ImageOps.exif_transpose(frame).convert("RGBA")
                paper = Image.new("RGBA", upright.size, "white")
                yield np.asarray(Image.alpha_composite(paper, upright).convert("L"), np.uint8)
    except UnidentifiedImageError as error:
        raise ReadError("unsupported_format", "no picture of a known kind") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReadError("damaged", f"not a readable picture: {error}") from error
