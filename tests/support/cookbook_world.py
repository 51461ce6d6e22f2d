"""The warehouse that the cookbook's questions are asked of: a few bodies over five years.

Figures are worked out from a handful of numbers a report, so that expected answers can be told from
this page alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from nianbao.model import Agency, Fact, Portal, Report, Scope
from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from support.filled import applications, filled, reviews, statistics
from support.world import PORTALS, World

COMMERCE, EDUCATION, POLICE = "肥城市商务局", "肥城市教育和体育局", "肥城市公安局"
GOVERNMENT, STREET = "肥城市人民政府", "肥城市新城街道办事处"
OLD, NEW, NEW_GOVERNMENT = "杭州市下城区商务局", "杭州市拱墅区商务局", "杭州市拱墅区人民政府"
WUSU = "乌苏市商务和工业信息化局"
SILENT = "肥城市财政局"
RULES = {"all_zero", "applications_column_balance", "applications_results_sum", "carry_over_total"}
FORMS = MappingProxyType({2018: "2014", 2019: "2019", 2020: "2019", 2021: "2021", 2022: "2021"})


@dataclass(frozen=True)
class Year:
    """The applications of a year; what is not named was granted."""

    received: int
    carried_in: int = 0
    carried_out: int = 0
    partly: int = 0
    refused: int = 0
    process: int = 0
    not_held: int = 0
    repeat: int = 0
    review: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Upheld, corrected, other, pending."""
    litigation: tuple[int, int, int, int] = (0, 0, 0, 0)
    more: MappingProxyType[str, int | str] = field(default_factory=lambda: MappingProxyType({}))
    """Cells that print something else."""

    @property
    def closed(self) -> int:
        """Total closed: what came in less what goes out."""
        return self.received + self.carried_in - self.carried_out

    @property
    def granted(self) -> int:
        """The rest of what was closed."""
        return self.closed - sum(
            (self.partly, self.refused, self.process, self.not_held, self.repeat)
        )

    def cells(self, form: str) -> dict[str, int | str]:
        """Return the cells of a form; every applicant is a natural person."""
        return {**(self._in_2014() if form == "2014" else self._since_2019()), **self.more}

    def _since_2019(self) -> dict[str, int]:
        rows = {
            "received": self.received,
            "carried_in": self.carried_in,
            "carried_out": self.carried_out,
            "closed_total": self.closed,
            "granted": self.granted,
            "partly_granted": self.partly,
            "refused__third_party": self.refused,
            "refused__process_information": self.process,
            "unavailable__not_held": self.not_held,
            "not_processed__repeat": self.repeat,
        }
        return {
            **applications("natural_person", **rows),
            **applications("total", **rows),
            **_block("review", self.review),
            **_block("litigation_direct", self.litigation),
        }

    def _in_2014(self) -> dict[str, int]:
        return statistics(
            received=self.received,
            received_by__network=self.received,
            closed=self.closed,
            closed_on_time=self.closed,
            answered=self.closed,
            already_public=self.granted // 2,
            granted=self.granted - self.granted // 2,
            partly_granted=self.partly,
            refused=self.refused,
            refused__privacy=self.refused,
            not_existing=self.not_held,
        )


def _block(block: str, numbers: tuple[int, int, int, int]) -> dict[str, int]:
    names = ("upheld", "corrected", "other", "pending")
    return reviews(block, **dict(zip(names, numbers, strict=True)), total=sum(numbers))


BODIES: dict[str, dict[int, Year]] = {
    COMMERCE: {
        2018: Year(12, partly=2, refused=1, not_held=3),
        2019: Year(20, carried_out=2, partly=2, refused=1, not_held=4, repeat=1),
        2020: Year(18, carried_in=2, carried_out=1, refused=2, process=1, litigation=(1, 1, 0, 1)),
        # Carried in is 3 and not the 1 that was carried out: one of the two is wrong.
        2021: Year(30, carried_in=3, partly=3, refused=4, process=2, review=(3, 1, 0, 2)),
        2022: Year(24, partly=1, refused=2, process=3, litigation=(2, 0, 1, 0)),
    },
    EDUCATION: {
        2019: Year(4),
        2020: Year(6, partly=1),
        2021: Year(0),
        2022: Year(60, not_held=10, repeat=5, review=(1, 2, 1, 0)),
    },
    POLICE: {
        2021: Year(9, process=3, more=MappingProxyType({"proactive.penalties.decisions": 1200})),
        2022: Year(8, process=2, more=MappingProxyType({"proactive.penalties.decisions": 1350})),
    },
    STREET: {2022: Year(1, more=MappingProxyType({"proactive.fees.amount": "1 2"}))},
    OLD: {2019: Year(10, refused=1), 2020: Year(8)},
    NEW: {
        2019: Year(3),
        2020: Year(5),
        2021: Year(14, carried_out=1),
        2022: Year(11, carried_in=1),
    },
    WUSU: {2020: Year(0), 2021: Year(0), 2022: Year(2)},
}
AREAS: dict[str, dict[int, Year]] = {
    GOVERNMENT: {
        2019: Year(200, partly=10, refused=20),
        2020: Year(220, partly=11, refused=22),
        2021: Year(240, partly=24, refused=24),
        2022: Year(264, partly=20, refused=30),
    },
    NEW_GOVERNMENT: {2021: Year(500, partly=50), 2022: Year(480, partly=60, refused=40)},
}
STOCK = {2021: (3, 1, 40), 2022: (2, 0, 42)}
"""Normative documents of 肥城市: issued, repealed, in force."""


def cookbook_reports() -> Iterator[tuple[str, Report]]:
    """Yield (URL, report), the older version of a revised report before the newer."""
    for body, years in BODIES.items():
        for year, numbers in years.items():
            yield _url(body, year), _report(body, year, numbers, "agency")
    for body, years in AREAS.items():
        for year, numbers in years.items():
            yield _url(body, year), _report(body, year, numbers, "area")
    yield _url(GOVERNMENT, "own"), _report(GOVERNMENT, 2022, Year(40, refused=3), "own_level")
    yield _url(EDUCATION, 2021), _blank_zeros(EDUCATION, 2021)
    yield _url(COMMERCE, 2022), _revised(COMMERCE, 2022)


def build(folder: Path) -> Path:
    """Build and check the warehouse; return its path."""
    world = World(folder)
    agencies = [
        Agency(id=f"cn-{number}", name=name)
        for number, name in enumerate([*BODIES, *AREAS, SILENT], start=1)
    ]
    site = Portal(id="p/site", name="site", family="hanweb", agencies=tuple(agencies))
    world.portals = [site, *PORTALS[1:]]
    for number, (url, report) in enumerate(cookbook_reports()):
        world.serve(url, f"document {number}", report)
    path = world.build()
    run_checks(path, [rule for rule in load_rules() if rule.id in RULES])
    return path


def _url(body: str, what: object) -> str:
    number = [*BODIES, *AREAS].index(body)
    return f"https://www.example.gov.cn/{number}/{what}.html"


def _report(body: str, year: int, numbers: Year, scope: Scope) -> Report:
    cells = numbers.cells(FORMS[year])
    if body == GOVERNMENT and scope == "area" and year in STOCK:
        names = ("issued", "repealed", "in_force")
        cells |= {
            f"proactive.normative_documents.{name}": number
            for name, number in zip(names, STOCK[year], strict=True)
        }
    # 公安局 publishes in February, which is late for a department.
    month = {POLICE: "02", GOVERNMENT: "03"}.get(body, "01")
    return filled(
        body,
        year,
        FORMS[year],
        cells,
        scope=scope,
        published_on=f"{year + 1}-{month}-20",
        facts=_facts(body, year, numbers),
    )


def _facts(body: str, year: int, numbers: Year) -> tuple[Fact, ...]:
    """Return what the text says is received: in one report another number than the table's."""
    if body != COMMERCE:
        return ()
    told = numbers.received + (5 if year == 2021 else 0)
    quote = f"全年共收到政府信息公开申请{told}件"
    return (Fact("applications.received", Decimal(told), "件", quote, "p3"),)


def _blank_zeros(body: str, year: int) -> Report:
    """Return the same report with the applicants left blank, as many print it."""
    report = _report(body, year, BODIES[body][year], "agency")
    cells = [
        replace(cell, raw="", kind="blank", value=None)
        if cell.code.startswith("applications.") and not cell.code.endswith(".total")
        else cell
        for cell in report.cells
    ]
    return replace(report, cells=tuple(cells))


def _revised(body: str, year: int) -> Report:
    """Return the report as it stands now: 26 received and not 24, two more of them granted."""
    now = replace(BODIES[body][year], received=26)
    return _report(body, year, now, "agency")
