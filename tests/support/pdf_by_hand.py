"""Small PDF files written out by hand, for what no browser prints."""

from collections.abc import Sequence

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_LOCK = b"<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4 >>"


def pdf_of(*contents: str, locked: bool = False) -> bytes:
    """Return a PDF of one page per content stream, 600 points wide and 800 high; `/F` is Helvetica."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        _FONT,
    ]
    for index, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * index} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        data = content.encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(data), data))
    return _file(objects, locked)


def _file(objects: Sequence[bytes], locked: bool) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    all_objects = [*objects, _LOCK] if locked else [*objects]
    for number, body in enumerate(all_objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    encrypt = b" /Encrypt %d 0 R" % len(offsets) if locked else b""
    return out + (
        b"trailer\n<< /Size %d /Root 1 0 R /ID [<41> <41>]%b >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(offsets) + 1, encrypt, start)
    )


def text(x: float, y: float, words: str, size: float = 12, mode: int = 0) -> str:
    """Return the operators that print words; mode 3 prints them invisibly."""
    return f"BT {mode} Tr /F {size} Tf {x} {y} Td ({words}) Tj ET"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return the operators that draw a line."""
    return f"{x0} {y0} m {x1} {y1} l S"


def ruled(columns: Sequence[float], rows: Sequence[float]) -> str:
    """Return the operators that draw the lines of a table."""
    across = [line(columns[0], y, columns[-1], y) for y in rows]
    down = [line(x, rows[0], x, rows[-1]) for x in columns]
    return "\n".join([*across, *down])
