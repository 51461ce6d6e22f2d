"""Sample reports in every format that is read, each format's writer being somebody else where it can."""

from collections.abc import Callable, Iterator, Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from random import Random

from nianbao.sample.chrome import Place
from nianbao.sample.errors import printed_reports
from nianbao.sample.render import page_bytes
from nianbao.sample.report import SampleReport
from nianbao.sample.word_text import word_text
from support.browser import CHROMIUM
from support.docx_report import docx_bytes
from support.markdown_writer import markdown_text
from support.noise_formats import FORMATS
from support.ofd_writer import ofd_bytes
from support.office_writer import OFFICE, written
from support.pdf_writer import printer
from support.scans import Scanner
from support.spreadsheet_writer import xls_bytes, xlsx_bytes

_PLACE = Place("样例网", "www.example.gov.cn", "9900000001")
_FEW = 5
"""Of what a browser or an office suite has to write."""
_SCANS = 2
_UNLIKE = 200

QUICK: dict[str, Callable[[SampleReport], bytes]] = {
    "word_text": lambda report: word_text(report).encode(),
    "markdown": lambda report: markdown_text(report).encode(),
    "docx": docx_bytes,
    "xlsx": xlsx_bytes,
    "xls": xls_bytes,
    "mhtml": lambda report: _mhtml(page_bytes(report, _PLACE)),
    "ofd": ofd_bytes,
}
"""What is written at once, without another program."""


def pages(*, word: bool = False) -> list[bytes]:
    """Return the reports as web pages in UTF-8: all, or those that Word made."""
    reports = [report for report in printed_reports() if report.style.encoding == "utf-8"]
    return [page_bytes(report, _PLACE) for report in reports if report.style.word or not word]


def batches() -> Iterator[tuple[str, list[bytes]]]:
    """Yield the name of each format with its documents; what this machine can't write is left out."""
    reports = list(printed_reports())
    yield "html", pages()
    yield "html from Word", pages(word=True)
    yield "html, random figures", _random_pages()
    for name, write in QUICK.items():
        yield name, [write(report) for report in reports]
    if OFFICE is not None:
        few = [docx_bytes(report) for report in reports[:_FEW]]
        for name in ("rtf", "doc"):
            yield name, written(few, "docx", name)
    if CHROMIUM.exists():
        yield from _paper(reports[:_FEW])


def _random_pages() -> list[bytes]:
    """Return pages that share hardly a number, nor their mark-up: caches are of little use to them."""
    form, rng = FORMATS["html"], Random("pages of the bench")
    written = form.files([form.case(rng, loud=False) for _ in range(_UNLIKE)])
    return [one.data for one in written]


def _paper(reports: Sequence[SampleReport]) -> Iterator[tuple[str, list[bytes]]]:
    with printer() as press:
        prints = [press.report(report) for report in reports]
    yield "pdf", prints
    yield "scan", [Scanner().pdf(pdf) for pdf in prints[:_SCANS]]


def _mhtml(page: bytes) -> bytes:
    try:
        text = page.decode()
    except UnicodeDecodeError:
        text = page.decode("gb18030")
    message = MIMEMultipart("related")
    message.attach(MIMEText(text, "html", "utf-8"))
    return message.as_bytes()
