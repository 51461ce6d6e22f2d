"""The views with a column per measure, as SQL made from measures.yaml: a branch per form, no joins.

A sum is `a + b`, which is null as soon as one part is; nothing here turns a blank into a zero.
"""

from collections.abc import Iterable, Sequence

from nianbao.forms import load_forms
from nianbao.warehouse.cells.numbering import column_of
from nianbao.warehouse.series.measures import Measure, Rate, Series, load_series

KEYS = ("org_id", "organisation", "report_year", "scope", "form", "report_id")
"""The columns that every wide view of the series begins with."""

APPLICATIONS = (
    "received",
    "carried_in",
    "granted",
    "partly_granted",
    "refused",
    "unavailable",
    "not_processed",
    "other",
    "closed_total",
    "carried_out",
)
"""The measures of `applications_yearly`, in the order of the form."""

_VALUE = "DECIMAL(18, 4)"


def views() -> dict[str, str]:
    """Return the statement of each view by its name, in an order that they can be created in."""
    series = load_series()
    applications = [series.measures[code] for code in APPLICATIONS]
    return {
        "applications_yearly": _wide("applications_yearly", applications),
        "outcomes_yearly": _wide("outcomes_yearly", series.of("outcomes", "outcomes_2014")),
        "reviews_yearly": _wide("reviews_yearly", series.of("reviews")),
        "rates_yearly": _rates(series),
    }


def _wide(name: str, measures: Sequence[Measure]) -> str:
    """Return a view with a row per report of a known form and a column per measure."""
    return f"CREATE VIEW {name} AS\n{_all_forms(measures)};\n"


def _all_forms(measures: Sequence[Measure]) -> str:
    """Return a query with a branch per form; columns that a question leaves out are not read."""
    branches = []
    for form in load_forms():
        columns = [f"    {value_of(measure, form)} AS {measure.code}" for measure in measures]
        select = ",\n".join([f"    {_keys(form)}", *columns])
        branches.append(f"SELECT\n{select}\nFROM wide_{form}")
    return "\nUNION ALL\n".join(branches)


def _keys(form: str) -> str:
    return ", ".join(f"'{form}' AS form" if key == "form" else key for key in KEYS)


def _rates(series: Series) -> str:
    rates = list(series.rates.values())
    needed = [series.measures[code] for code in dict.fromkeys(m for r in rates for m in r.measures)]
    sides = ",\n".join(
        f"        TRY_CAST({_sum(terms)} AS {_VALUE}) AS {rate.code}_{side}"
        for rate in rates
        for side, terms in (("num", rate.over), ("den", rate.under))
    )
    shown = ",\n".join(f"    {_rate(rate)}" for rate in rates)
    keys = ", ".join(KEYS)
    return f"""\
CREATE VIEW rates_yearly AS
WITH parts AS (
{_all_forms(needed)}
),
sides AS (
    SELECT {keys},
{sides}
    FROM parts
)
SELECT {keys},
{shown}
FROM sides;
"""  # noqa: S608 - our own names


def _rate(rate: Rate) -> str:
    """Return the rate beside its two sides; 0/0, and anything over zero, is null."""
    over, under = f"{rate.code}_num", f"{rate.code}_den"
    return f"{over}::DOUBLE / nullif({under}, 0)::DOUBLE AS {rate.code}, {over}, {under}"


def value_of(measure: Measure, form: str) -> str:
    """Return what a measure is worth on a form: the first of its alternatives that is whole."""
    if form not in measure.cells:
        return f"NULL::{_VALUE}"
    sums = [_sum((sign, column_of(code)) for sign, code in terms) for terms in measure.cells[form]]
    whole = sums[0] if len(sums) == 1 else f"coalesce({', '.join(sums)})"
    # A sum of misread numbers may be too large for the type: null, and not the end of every query.
    # Older clients trip over what lies behind a null when they cast it, so the cast never sees one.
    cast = f"TRY_CAST(coalesce({whole}, 0) AS {_VALUE})"
    return f"CASE WHEN ({whole}) IS NOT NULL THEN {cast} END"


def _sum(terms: Iterable[tuple[int, str]]) -> str:
    text = "".join(f" {'-' if sign < 0 else '+'} {name}" for sign, name in terms)
    return text.removeprefix(" + ").strip()
