"""Pages and large pictures without text, through optical recognition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nianbao.documents.ocr import ocr_available
from nianbao.documents.pdf.page import Box, Char, Grid, Line

_LARGE = 0.1
"""Share of a page from which a picture may hold a table."""
_FEW = 5
"""Characters printed on a picture below which it is no ground for text."""
_LONGEST = 2600
"""Pixels of the longer side of a page: about 220 to the inch."""


@dataclass(frozen=True)
class Scanned:
    """What was recognised in the pictures of one page."""

    items: tuple[Line | Grid, ...] = ()
    unread: bool = False
    """Pictures are there that may hold text, and nothing to read them with."""


def read_pictures(
    page: Any, size: tuple[float, float], pictures: Sequence[Box], begin: Callable[[], None]
) -> Scanned:
    """Recognise what stands in some pictures of a page, in the page's points.

    `begin` is called when the page is drawn and recognition begins.
    """
    if not pictures:
        return Scanned()
    if not ocr_available():
        return Scanned(unread=True)
    from nianbao.documents.ocr.engine import recogniser
    from nianbao.documents.ocr.picture import read_picture

    width, height = size
    factor = _LONGEST / max(width, height)
    grey = page.render(scale=factor, grayscale=True).to_numpy().squeeze()
    begin()
    items: list[Line | Grid] = []
    for box in pictures:
        part = grey[
            int(box.top * factor) : int(box.bottom * factor),
            int(box.left * factor) : int(box.right * factor),
        ]
        if min(part.shape) < 1:
            continue
        read = read_picture(part.copy(), 1, recogniser())
        scale = box.width / read.width, box.height / read.height
        items += [moved(item, box.left, box.top, *scale) for item in read.items]
    return Scanned(tuple(items))


def pictures_of(
    images: Sequence[Box], chars: Sequence[Char], size: tuple[float, float]
) -> list[Box]:
    """Return the pictures that may hold text of their own: large, and with none printed on them."""
    width, height = size
    seen: list[Box] = []
    for image in sorted(images, key=lambda box: -box.width * box.height):
        box = Box(
            max(image.left, 0.0),
            max(image.top, 0.0),
            min(image.right, width),
            min(image.bottom, height),
        )
        large = box.width > 0 and box.height > 0
        large = large and box.width * box.height >= _LARGE * width * height
        inside = any(other.holds(*box.middle) for other in seen)
        if large and not inside and sum(box.holds(char.x, char.y) for char in chars) < _FEW:
            seen.append(box)
    return seen


def moved(item: Line | Grid, left: float, top: float, across: float, down: float) -> Line | Grid:
    """Return what was read in a picture in the points of its page, to which the picture is scaled."""

    def placed(box: Box) -> Box:
        return Box(
            left + box.left * across,
            top + box.top * down,
            left + box.right * across,
            top + box.bottom * down,
        )

    if isinstance(item, Line):
        return replace(item, box=placed(item.box), size=item.size * down)
    return replace(
        item,
        columns=tuple(left + x * across for x in item.columns),
        rows=tuple(top + y * down for y in item.rows),
        cells=tuple(replace(cell, box=placed(cell.box)) for cell in item.cells),
    )
