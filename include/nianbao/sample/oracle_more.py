"""The rest of the oracle: values, stocks and flows, years, evidence against zeros.

Like all of it in plain Python, from what is printed, and knowing nothing of the rules' SQL.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from nianbao.forms import load_form
from nianbao.sample.printed import Number, is_words, number_of, unit_of
from nianbao.sample.report import SampleReport
from nianbao.sample.structure import OF_WHICH

Status = Literal["pass", "fail", "not_assessable"]
Found = tuple[str, str, Status]
"""Rule id, subject, status."""
Numbers = Mapping[str, Number]
Past = Sequence[SampleReport | None]
"""The reports of one and of two years before."""

_ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")
_DOCUMENTS = ("regulations", "normative_documents")
_DECISIONS = ("licensing", "penalties", "coercion")


def other_checks(report: SampleReport, past: Past) -> Iterator[Found]:
    """Yield every check that needs no more than a report and those of the years before."""
    now, before = numbers_of(report), numbers_of(past[0])
    if report.form == "2014":
        yield from _parts(now)
    if report.form == "2019":
        yield from _of_2019(report, now, before, past[0])
    if report.form == "2021":
        yield from _stocks(now, before if past[0] and past[0].form == "2021" else {})
    if report.form != "2019":
        yield from _amounts(report, now, before, past[0])
    yield "published_twice", "report", "pass"
    yield from _values(report, now)
    yield from _jumps(report, now, before, past[0])
    if report.form != "2014":
        yield from _zeros(report, now, past)
        yield from _regulations(report, now)


def numbers_of(report: SampleReport | None) -> dict[str, Number]:
    """Return the numbers of a report by code; nothing without a report."""
    return {code: number_of(raw) for code, raw in report.cells.items()} if report else {}


def _within(part: Number, whole: Number) -> Status:
    if part is None or whole is None:
        return "not_assessable"
    return "fail" if part > whole else "pass"


def _equal(one: Number, two: Number) -> Status:
    if one is None or two is None:
        return "not_assessable"
    return "pass" if one == two else "fail"


def _added(*numbers: Number) -> Number:
    return None if None in numbers else sum((n for n in numbers if n is not None), Decimal(0))


def _negated(number: Number) -> Number:
    return None if number is None else -number


def _parts(now: Numbers) -> Iterator[Found]:
    for part, whole in OF_WHICH.items():
        status = _within(now.get(f"statistics.{part}"), now.get(f"statistics.{whole}"))
        yield "statistics_part", part, status


def _of_2019(
    report: SampleReport, now: Numbers, before: Numbers, last: SampleReport | None
) -> Iterator[Found]:
    for row in _DOCUMENTS:
        published, total = (now.get(f"proactive.{row}.{c}") for c in ("published", "public_total"))
        yield "public_total_below_published", row, _within(published, total)
    was = before if last and last.form == "2019" else {}
    for row in _ITEMS:
        items, change = (now.get(f"proactive.{row}.{c}") for c in ("previous_items", "change"))
        yield "items_below_zero", row, _within(_negated(change), items)
        left = _added(*(was.get(f"proactive.{row}.{c}") for c in ("previous_items", "change")))
        yield "items_continuity", row, _equal(left, items)
    code = "proactive.procurement.amount"
    amount, raw = now.get(code), report.cells.get(code, "")
    named = amount is not None and (amount == 0 or unit_of(raw) is not None)
    status: Status = "not_assessable" if amount is None else "pass" if named else "fail"
    yield "amount_without_unit", code, status


def _stocks(now: Numbers, before: Numbers) -> Iterator[Found]:
    for row in _DOCUMENTS:
        issued, repealed, in_force = (
            now.get(f"proactive.{row}.{column}") for column in ("issued", "repealed", "in_force")
        )
        flow = _added(issued, _negated(repealed))
        yield "in_force_below_issued", row, _within(flow, in_force)
        left = before.get(f"proactive.{row}.in_force")
        yield "stock_continuity", row, _equal(_added(left, flow), in_force)


def _amounts(
    report: SampleReport, now: Numbers, before: Numbers, last: SampleReport | None
) -> Iterator[Found]:
    codes = {
        "2014": ("statistics.fees_collected", "statistics.budget"),
        "2021": ("proactive.fees.amount",),
    }
    was = before if last and last.form == report.form else {}
    for code in codes[report.form]:
        one, two = was.get(code), now.get(code)
        if one is None or two is None or one <= 0 or two <= 0:
            yield "amount_out_of_scale", code, "not_assessable"
        else:
            apart = max(one, two) / min(one, two) >= 1000
            yield "amount_out_of_scale", code, "fail" if apart else "pass"


def _values(report: SampleReport, now: Numbers) -> Iterator[Found]:
    form = load_form(report.form)
    tests: dict[str, Callable[[str, Number], bool]] = {
        "negative_number": lambda code, n: (
            n is not None and n < 0 and form.cells[code].value_type != "change"
        ),
        "fractional_count": lambda code, n: (
            n is not None and n % 1 != 0 and form.cells[code].value_type != "amount"
        ),
        "text_for_number": lambda code, _: is_words(report.cells[code]),
        "unit_unlike_form": lambda code, n: (
            n is not None
            and None not in (unit_of(report.cells[code]), form.cells[code].unit)
            and unit_of(report.cells[code]) != form.cells[code].unit
        ),
    }
    for table in form.tables:
        own = {code: number for code, number in now.items() if code.startswith(f"{table.code}.")}
        for rule, is_wrong in tests.items():
            if any(is_wrong(code, number) for code, number in own.items()):
                yield rule, table.code, "fail"
            else:
                printed = any(number is not None for number in own.values())
                yield rule, table.code, "pass" if printed else "not_assessable"


def headlines(report: SampleReport | None) -> dict[str, Number]:
    """Return the numbers that reviewers look at first; nothing without a report."""
    if report is None:
        return {}
    now = numbers_of(report)
    if report.form == "2014":
        names = ("received", "granted", "reviews", "litigation", "disclosed")
        found = {name: now.get(f"statistics.{name}") for name in names}
        return found | {"closed_total": now.get("statistics.closed")}
    found = {
        row: now.get(f"applications.{row}.total")
        for row in ("received", "closed_total", "granted", "carried_out")
    }
    found |= {row: now.get(f"proactive.{row}.decisions") for row in _DECISIONS}
    direct, after = (
        now.get(f"reviews.litigation_{kind}.total") for kind in ("direct", "after_review")
    )
    return found | {
        "reviews": now.get("reviews.review.total"),
        "litigation": _added(direct, after),
    }


def _jumps(
    report: SampleReport, now: Numbers, before: Numbers, last: SampleReport | None
) -> Iterator[Found]:
    comparable = last and (last.form == report.form or "2014" not in (last.form, report.form))
    was, here = headlines(last) if comparable else {}, headlines(report)
    names = (
        "received",
        "closed_total",
        "granted",
        "reviews",
        "litigation",
        *_DECISIONS,
        "disclosed",
    )
    for name in names:
        yield "jump", name, _jump(was.get(name), here.get(name))


def _jump(before: Number, now: Number) -> Status:
    if before is None or now is None:
        return "not_assessable"
    if now == 0:
        return "fail" if before >= 10 else "pass"
    low, high = sorted((before, now))
    return "fail" if low > 0 and high >= 10 * low and high - low >= 10 else "pass"


def _table(now: Numbers, table: str) -> list[Decimal]:
    return [n for code, n in now.items() if code.startswith(f"{table}.") and n is not None]


def _zeros(report: SampleReport, now: Numbers, past: Past) -> Iterator[Found]:
    proactive, applications = _table(now, "proactive"), _table(now, "applications")
    anything = any(number for number in now.values())
    quiet = bool(proactive) and not any(proactive) and anything
    status: Status = "fail" if quiet else "pass"
    yield "all_zero_proactive", "proactive", status if proactive else "not_assessable"

    last, earlier = headlines(past[0]), headlines(past[1])
    contradicted = (
        any((number_of(raw) or 0) > 0 for raw in report.claims.values())
        or (last.get("carried_out") or 0) > 0
        or min(last.get("received") or 0, earlier.get("received") or 0) >= 10
        or report.scope != "agency"
    )
    status = "fail" if not any(applications) and contradicted else "pass"
    subject = "applications"
    yield "zero_applications_contradicted", subject, status if applications else "not_assessable"

    busy = _added(*(last.get(row) for row in _DECISIONS)) or 0
    status = "fail" if not any(proactive) and (busy >= 100 or report.scope == "area") else "pass"
    yield "zero_proactive_contradicted", "proactive", status if proactive else "not_assessable"


def _regulations(report: SampleReport, now: Numbers) -> Iterator[Found]:
    """None of the invented agencies may make regulations, and where they stand is not known here."""
    for code, cell in load_form(report.form).cells.items():
        if cell.row.code == "regulations":
            status: Status = "pass" if now.get(code) == 0 else "not_assessable"
            yield "regulations_without_power", code, status
