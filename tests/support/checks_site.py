"""What the tests of the expectation reports share: a hostile archived page, and what is wanted."""

from nianbao.documents.encoding import decode
from nianbao.documents.sniff import format_of
from nianbao.errors import ReadError
from nianbao.model import sha256_of
from nianbao.site.checks.copies import Documents
from nianbao.site.checks.gate import GateRecord
from nianbao.site.checks.make import WantedReports

HOSTILE = "</script><img src=x onerror=alert(1)>局"
AGENCY = "11330100commerce"
PAGE = (
    "<html><head><meta http-equiv='refresh' content='1; url=https://evil.example/'>"
    "<script>alert('archived')</script><script src='https://evil.example/x.js'></script></head>"
    "<body onload='alert(2)'><img src='https://evil.example/x.png' onerror='alert(3)'>"
    "<table><tr><td>《表三》总计 3</td></tr></table><a href='https://evil.example/'>out</a></body></html>"
).encode("gb18030")
ARCHIVED = sha256_of(PAGE)
WANTED = WantedReports(
    "20260105T023000Z-1a2b3c4d",
    themes={"zh": {"applications": "申请办理"}, "en": {"applications": "Applications"}},
    gate=GateRecord(passed=True, rules=3, integrity=21),
)


def read(sha256: str) -> bytes:
    """Return what the archive has, which is one page."""
    if sha256 != ARCHIVED:
        raise ReadError("archive_missing", "not here")
    return PAGE


DOCUMENTS = Documents(read, format_of, decode)
