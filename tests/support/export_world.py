"""A warehouse to export: the sample's reports, and one that holds everything that is hard to write."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from nianbao.export.source import Published
from nianbao.model import Agency, Cell, Fact, Finding, Portal, Report, Section
from nianbao.pipeline.reading import read_reports
from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from nianbao.sample.errors import printed_reports
from nianbao.sample.word_text import word_text
from support.world import PORTALS, World

MOBILE = "13812345678"
IDENTITY = "11010519491231002X"
HOSTILE_TITLE = '=HYPERLINK("http://x","甲,乙")'
APPLICANT, HOME = "王小明", "榆钱路12号"
HOSTILE_TEXT = (
    f'@SUM(A1)，"引号"，\r\n请拨{MOBILE}，身份证{IDENTITY}，办公电话0538-7212345。'
    f"申请人{APPLICANT}提出申请，家住{HOME}3室。"
)
COUNTY = "620123"
OFFICE = "榆中县某局"
PLACE = Agency(id="cn-test-yuzhong", name=OFFICE, division=COUNTY)
VERSION = "20260301T000000Z-0a1b2c3d"
TABLE_OF_HOSTILE = {
    "applications.received.total": ("11", "number", 11),
    "applications.carried_in.total": ("", "blank", None),
    "applications.granted.total": ("—", "dash", None),
    "applications.partly_granted.total": ("-3", "text", None),
    "applications.closed_total.total": ("", "missing", None),
}


def hostile_report(year: int = 2022) -> Report:
    """Return a report with formulas, quotes, line ends, personal data, blanks and absent rows."""
    cells = tuple(
        Cell(code, raw, kind, None if value is None else Decimal(value), "t1.r1.c1")  # type: ignore[arg-type]
        for code, (raw, kind, value) in TABLE_OF_HOSTILE.items()
    )
    return Report(
        OFFICE,
        year,
        "2021",
        "agency",
        HOSTILE_TITLE,
        "2023-01-20",
        sections=(Section(1, "overview", "一、总体情况", HOSTILE_TEXT, "p1"),),
        cells=cells,
        narrative=(Fact("received", Decimal(11), "件", f"\t来电{MOBILE}，收到11件", "p2"),),
        findings=(Finding("unknown_label", "warning", "+其他", "t1.r9"),),
    )


@cache
def _sample() -> tuple[tuple[str, Report], ...]:
    texts = [word_text(report) for report in printed_reports()]
    readings = [read_reports(str(number), text.encode()) for number, text in enumerate(texts)]
    found = [one for reading in readings for one in reading.found if isinstance(one, Report)]
    return tuple((f"{one.organisation}{one.report_year}", one) for one in found)


def published(folder: Path, name: str = "nianbao.duckdb") -> Published:
    """Build the warehouse in a folder and return it as a published version."""
    world = World(folder)
    world.portals = (
        *PORTALS,
        Portal(id="p/yuzhong", name="site", family="hanweb", agencies=(PLACE,)),
    )
    for address, report in _sample():
        world.serve(f"http://x/{address}", address, replace(report, published_on="2023-01-10"))
    world.serve("http://x/hostile", "hostile", hostile_report())
    world.serve("http://x/older", "older", hostile_report(2021))
    world.serve("/drafts/secret.docx", "draft", hostile_report(2023), portal="p/drafts")
    path = world.build(name)
    run_checks(path, [rule for rule in load_rules() if "sum" in rule.id])  # some are enough here
    return Published(path, VERSION, "0a1b2c3d" * 8, "2026-03-01T00:00:00+00:00")
