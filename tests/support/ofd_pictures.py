"""OFD files of pictures, and OFD files whose pages lie on their side."""

import io
import zipfile
from collections.abc import Sequence

from lxml import etree

from support.ofd_writer import NAMESPACE

_SPACE = "{http://www.ofdspec.org/2016}"
_PAPER = "0 0 210 297"


def ofd_of_pictures(pictures: Sequence[bytes], matrix: str = "210 0 0 297 0 0") -> bytes:
    """Return a package with a page of A4 for each picture, which `matrix` puts on the paper."""
    numbers = range(len(pictures))
    media = "".join(
        f'<ofd:MultiMedia ID="{50 + n}" Type="Image"><ofd:MediaFile>{n}.png</ofd:MediaFile>'
        "</ofd:MultiMedia>"
        for n in numbers
    )
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="{n}.xml"/>' for n in numbers)
    files: dict[str, bytes] = {
        "OFD.xml": _xml("OFD", "<ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot></ofd:DocBody>"),
        "D/D.xml": _xml(
            "Document",
            f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{_PAPER}</ofd:PhysicalBox>"
            "</ofd:PageArea><ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages>",
        ),
        "D/Res.xml": _xml("Res", f"<ofd:MultiMedias>{media}</ofd:MultiMedias>", 'BaseLoc="Res"'),
    }
    for number, picture in enumerate(pictures):
        files[f"D/Res/{number}.png"] = picture
        shown = f'<ofd:ImageObject ID="9" ResourceID="{50 + number}" Boundary="{_PAPER}" CTM="{matrix}"/>'
        files[f"D/{number}.xml"] = _xml(
            "Page", f"<ofd:Content><ofd:Layer>{shown}</ofd:Layer></ofd:Content>"
        )
    return _zipped(files)


def turned_right(data: bytes, quarters: int) -> bytes:
    """Return a package of A4 pages with everything on them turned by so many quarters."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    for name, content in files.items():
        if name.endswith("Content.xml"):
            files[name] = _turned(content, quarters)
        elif quarters % 2:
            files[name] = content.replace(b"0 0 210.0 297.0", b"0 0 297.0 210.0")
    return _zipped(files)


def _turned(page: bytes, quarters: int) -> bytes:
    root = etree.fromstring(page)
    for each in root.iter(f"{_SPACE}TextObject", f"{_SPACE}PathObject"):
        a, b, c, d, e, f = (float(n) for n in each.get("CTM", "1 0 0 1 0 0").split())
        x, y, *size = (float(n) for n in each.get("Boundary", "").split())
        for high in (297, 210, 297)[:quarters]:
            a, b, c, d, e, f = -b, a, -d, c, -f, e
            x, y = high - y, x
        each.set("CTM", f"{a} {b} {c} {d} {e} {f}")
        each.set("Boundary", " ".join(f"{n}" for n in (x, y, *size)))
    return bytes(etree.tostring(root))


def _xml(name: str, inside: str, attributes: str = "") -> bytes:
    return f"<ofd:{name} {NAMESPACE} {attributes}>{inside}</ofd:{name}>".encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in files.items():
            container.writestr(name, content)
    return data.getvalue()
