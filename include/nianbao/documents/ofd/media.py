"""The pictures of an OFD package, recognised where they may hold text."""

import posixpath
from collections.abc import Callable, Sequence

import numpy as np
from lxml import etree

from nianbao.documents.bundle.parts import Parts
from nianbao.documents.ocr import ocr_available
from nianbao.documents.ofd.names import child, children
from nianbao.documents.pdf.page import Box, Grid, Line
from nianbao.documents.pdf.pictures import moved
from nianbao.errors import ReadError

_RESOURCES = ("PublicRes", "DocumentRes")


def resolved(folder: str, location: str) -> str:
    """Return the name of a part: from the root, or from the folder of the part that names it."""
    path = location.strip().replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def media_of(parts: Parts, common: etree._Element | None, folder: str) -> dict[str, str]:
    """Return the pictures that a document declares: their ID, and the name of their part."""
    found: dict[str, str] = {}
    for kind in _RESOURCES:
        for listed in children(common, kind):
            name = resolved(folder, listed.text or "")
            root = parts.xml_or_none(name)
            if root is None:
                continue
            base = resolved(posixpath.dirname(name), root.get("BaseLoc", ""))
            for medium in children(child(root, "MultiMedias"), "MultiMedia"):
                file = child(medium, "MediaFile")
                found[medium.get("ID", "")] = resolved(
                    base, (file.text if file is not None else "") or ""
                )
    return found


def read_media(
    parts: Parts, shown: Sequence[tuple[str, Box, int | None]], begin: Callable[[], None]
) -> tuple[list[Line | Grid], bool]:
    """Return what stands in pictures, in the page's points, and whether some remain unread.

    Each comes as the name of its part, its place on the page, and its quarter turns to the right.
    `begin` is called when recognition begins.
    """
    items: list[Line | Grid] = []
    unread = False
    for name, box, quarters in shown:
        if quarters is None or not parts.has(name) or not ocr_available():
            unread = True
            continue
        try:
            items += _recognised(parts.read(name), box, quarters, begin)
        except ReadError as error:
            if error.code == "over_limit":
                raise
            unread = True
    return items, unread


def _recognised(
    data: bytes, box: Box, quarters: int, begin: Callable[[], None]
) -> list[Line | Grid]:
    from nianbao.documents.ocr.engine import recogniser
    from nianbao.documents.ocr.image import pictures_in
    from nianbao.documents.ocr.picture import read_picture

    grey = np.rot90(next(iter(pictures_in(data))), -quarters).copy()
    begin()
    page = read_picture(grey, 1, recogniser())
    return [
        moved(item, box.left, box.top, box.width / page.width, box.height / page.height)
        for item in page.items
    ]
