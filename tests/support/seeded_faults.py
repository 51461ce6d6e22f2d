"""One thing broken at a time in clean reports: what the rules about numbers must notice, and only that."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nianbao.forms import load_form
from nianbao.sample.agencies import printed
from nianbao.sample.figures import figures_for_years
from nianbao.sample.printed import number_of
from nianbao.sample.report import SampleReport
from nianbao.sample.structure import OF_WHICH, STATISTICS

Cells = dict[str, str]
Break = Callable[[random.Random, Cells], None]
"""Changes the printed cells of one report."""

_PARTS = ("natural_person", "business", "research", "public_interest", "legal_services", "other")


def runs(seed: int, size: str = "medium") -> list[SampleReport]:
    """Return the clean reports of one invented agency for 2018 to 2022."""
    name = f"样例{seed:06d}局"
    figures = figures_for_years(seed, range(2019, 2023), size)
    found = [_report(name, 2018, "2014", _statistics(random.Random(seed)))]
    for year, cells in figures.items():
        form = "2019" if year < 2021 else "2021"
        texts = {code: printed(value) for code, value in cells.items()}
        if form == "2019":
            texts["proactive.procurement.amount"] += "万元"
        found.append(_report(name, year, form, texts))
    return found


def _report(name: str, year: int, form: str, cells: Cells) -> SampleReport:
    return SampleReport(name, name, year, form, "agency", cells, date(year + 1, 1, 20))


def _statistics(rng: random.Random) -> Cells:
    """Return numbers for the form of 2014 whose sums hold."""
    numbers = {
        code.removeprefix("statistics."): rng.randint(0, 30) for code in load_form("2014").cells
    }
    for part, whole in OF_WHICH.items():
        numbers[part] = rng.randint(0, numbers[whole])
    # `refused` is a part of `answered`: the inner sum first.
    for total in sorted(STATISTICS, key=lambda name: name == "answered"):
        numbers[total] = sum(numbers[part] for part in STATISTICS[total])
    return {f"statistics.{row}": str(number) for row, number in numbers.items()}


def _add(cells: Cells, code: str, more: int) -> None:
    cells[code] = printed((number_of(cells[code]) or Decimal(0)) + more)


def _one_more(prefix: str) -> Break:
    def change(rng: random.Random, cells: Cells) -> None:
        _add(cells, rng.choice([code for code in cells if code.startswith(prefix)]), 1)

    return change


def _compensated(rng: random.Random, cells: Cells) -> None:
    """One more in one part of a row, and in its total: the row still adds up, its columns do not."""
    rows = sorted({code.rpartition(".")[0] for code in cells if code.startswith("applications.")})
    row, part = rng.choice(rows), rng.choice(_PARTS)
    _add(cells, f"{row}.{part}", 1)
    _add(cells, f"{row}.total", 1)


def _exchanged(rng: random.Random, cells: Cells) -> None:
    """One result more and another one less: every column adds up, two rows do not."""
    part = rng.choice(_PARTS)
    _add(cells, f"applications.refused.third_party.{part}", 1)
    _add(cells, f"applications.granted.{part}", 2)
    _add(cells, f"applications.closed_total.{part}", 3)


def _printed(text: str, prefix: str) -> Break:
    def change(rng: random.Random, cells: Cells) -> None:
        cells[rng.choice([code for code in cells if code.startswith(prefix)])] = text

    return change


def _set(**texts: str) -> Break:
    def change(_: random.Random, cells: Cells) -> None:
        cells.update({code.replace("__", "."): text for code, text in texts.items()})

    return change


def _zeros(prefix: str) -> Break:
    def change(_: random.Random, cells: Cells) -> None:
        cells.update({code: "0" for code in cells if code.startswith(prefix)})

    return change


def _blanks(prefix: str) -> Break:
    def change(_: random.Random, cells: Cells) -> None:
        for code, raw in cells.items():
            if code.startswith(prefix) and raw == "0" and not code.endswith(".total"):
                cells[code] = ""

    return change


def _multiplied(code: str, times: int) -> Break:
    def change(_: random.Random, cells: Cells) -> None:
        cells[code] = printed((number_of(cells[code]) or Decimal(1)) * times)

    return change


def _above_whole(rng: random.Random, cells: Cells) -> None:
    part, whole = rng.choice(sorted(OF_WHICH.items()))
    cells[f"statistics.{part}"] = cells[f"statistics.{whole}"]
    _add(cells, f"statistics.{part}", 1)


FAULTS: dict[str, tuple[int, Break]] = {
    "a cell of applications, 2019": (2020, _one_more("applications.")),
    "a cell of applications, 2021": (2022, _one_more("applications.")),
    "a part and its total": (2022, _compensated),
    "results that make up for each other": (2020, _exchanged),
    "a cell of reviews, 2019": (2020, _one_more("reviews.")),
    "a cell of reviews, 2021": (2021, _one_more("reviews.")),
    "a cell of the statistics": (2018, _one_more("statistics.")),
    "a part above its whole": (2018, _above_whole),
    "a negative count": (2021, _printed("-3", "proactive.licensing")),
    "a negative count, 2014": (2018, _printed("-2", "statistics.")),
    "a fraction": (2020, _printed("1.5", "proactive.penalties.decisions")),
    "words for a number": (2021, _printed("见附件", "reviews.")),
    "a unit of another kind": (2022, _printed("5030元", "proactive.fees.amount")),
    "no unit": (2019, _set(proactive__procurement__amount="1000880")),
    "items below zero": (
        2019,
        _set(proactive__licensing__previous_items="2", proactive__licensing__change="减5"),
    ),
    "items that don't follow": (2020, _one_more("proactive.penalties.previous_items")),
    "fewer public than published": (2019, _set(proactive__normative_documents__published="9000")),
    "fewer in force than issued": (2021, _set(proactive__normative_documents__issued="9000")),
    "a stock that doesn't follow": (2022, _one_more("proactive.normative_documents.in_force")),
    "an amount in 元": (2022, _multiplied("proactive.fees.amount", 10_000)),
    "carried in, total": (2021, _one_more("applications.carried_in.total")),
    "carried in, an applicant": (2020, _one_more("applications.carried_in.business")),
    "ten times as many": (2022, _multiplied("proactive.licensing.decisions", 40)),
    "all zero": (2021, _zeros("")),
    "applications all zero": (2022, _zeros("applications.")),
    "proactive all zero": (2020, _zeros("proactive.")),
    "blanks in applications": (2021, _blanks("applications.")),
    "blanks in reviews": (2020, _blanks("reviews.")),
    "blanks in proactive": (2019, _blanks("proactive.")),
    "blanks in statistics": (2018, _blanks("statistics.")),
}  # fmt: skip
"""What is broken: the report year that it is broken in, and how."""


def broken(name: str, reports: int, first: int) -> Iterator[SampleReport]:
    """Yield the runs of agencies, each with one report broken."""
    year, change = FAULTS[name]
    for seed in range(first, first + reports):
        for report in runs(seed):
            if report.report_year == year:
                cells = dict(report.cells)
                change(random.Random(seed), cells)
                report = replace(report, cells=cells)
            yield report
