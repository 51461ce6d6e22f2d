"""PDF files of a browser without what makes them large: long runs of empty places in their fonts."""

import re

_NAMES = re.compile(rb"/Differences \[0 ([^\]]*)\]")
_OBJECT = re.compile(rb"^(\d+) 0 obj\n", re.MULTILINE)
_ROOT = re.compile(rb"/Root (\d+ 0 R)")


def slim(pdf: bytes) -> bytes:
    """Return a PDF that draws the same, its table of objects written anew."""
    start = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    objects = [_slim_object(one) for one in re.split(rb"(?<=endobj\n)", pdf[:start])]
    body = b"".join(objects)
    offsets = {int(found[1]): found.start() for found in _OBJECT.finditer(body)}
    root = _ROOT.search(pdf, start)
    assert root is not None
    count = max(offsets) + 1
    table = b"".join(
        b"%010d %05d %b \n"
        % ((offsets[n], 0, b"n") if n in offsets else (0, 65535 * (n == 0), b"f"))
        for n in range(count)
    )
    trailer = b"trailer\n<</Size %d /Root %b>>\nstartxref\n%d\n%%%%EOF\n"
    return body + b"xref\n0 %d\n" % count + table + trailer % (count, root[1], len(body))


def _slim_object(one: bytes) -> bytes:
    names = None if b"stream\n" in one else _NAMES.search(one)
    if names is None:
        return one
    given = [b"%d %b" % (place, name) for place, name in enumerate(names[1].split())]
    kept = b" ".join(name for name in given if not name.endswith(b" /g0"))
    return one.replace(names[0], b"/Differences [%b]" % kept, 1)
