"""What each view of the series and each of its columns means, as the views' comments."""

from nianbao.warehouse.series.measures import Measure, Rate, load_series
from nianbao.warehouse.series.statements import APPLICATIONS

_NULL = "null where a cell needed is not printed, or where the form does not ask for it"

_VIEWS = {
    "applications_yearly": (
        "Applications over all forms, one row per organisation, report year and scope, from the "
        f"printed totals; {_NULL}. How far two forms compare is in comparability. Scopes are never "
        "added together"
    ),
    "outcomes_yearly": (
        "What became of the applications, over all forms, one row per organisation, report year and "
        f"scope, from the printed totals; {_NULL}. The grounds that only the form of 2014 has stand "
        "last. How far two forms compare is in comparability"
    ),
    "reviews_yearly": (
        "Administrative reviews and litigation over all forms, one row per organisation, report year "
        f"and scope; {_NULL}. A case pending at the end of the year is counted again next year: "
        "compare concluded cases. How far two forms compare is in comparability"
    ),
    "rates_yearly": (
        "Rates, one row per organisation, report year and scope; each with its numerator and its "
        "denominator, which are kept also where the rate is null. A rate is null over zero, and "
        "wherever a number needed is not printed. What each means is in measures, how far it compares "
        "over forms in comparability"
    ),
}

_KEYS = {
    "org_id": "Organisation",
    "organisation": "Official name of the organisation",
    "report_year": "Report year: the year reported on, not that of publication",
    "scope": "agency, own_level or area; scopes are never added together",
    "form": "First report year of the official form that the report is on",
    "report_id": "Report",
}


def comments() -> dict[str, dict[str, object]]:
    """Return the comment of each view and of all its columns."""
    series = load_series()
    applications = [series.measures[code] for code in APPLICATIONS]
    columns = {
        "applications_yearly": _of_measures(applications),
        "outcomes_yearly": _of_measures(series.of("outcomes", "outcomes_2014")),
        "reviews_yearly": _of_measures(series.of("reviews")),
        "rates_yearly": _of_rates(list(series.rates.values())),
    }
    return {
        view: {"comment": text, "columns": {**_KEYS, **columns[view]}}
        for view, text in _VIEWS.items()
    }


def _of_measures(measures: list[Measure]) -> dict[str, str]:
    return {m.code: f"{m.en} ({m.zh}), {m.unit}{_only(m)}" for m in measures}


def _only(measure: Measure) -> str:
    if len(measure.forms) == 1:
        return f"; form of {measure.forms[0]} only"
    return "" if "2014" in measure.forms else "; from the form of 2019 on"


def _of_rates(rates: list[Rate]) -> dict[str, str]:
    columns = {}
    for rate in rates:
        columns[rate.code] = f"{rate.spec.en} ({rate.spec.zh}). {rate.spec.note_en}"
        columns[f"{rate.code}_num"] = f"Numerator of {rate.code}: {_parts(rate.over)}"
        columns[f"{rate.code}_den"] = f"Denominator of {rate.code}: {_parts(rate.under)}"
    return columns


def _parts(terms: tuple[tuple[int, str], ...]) -> str:
    first, *rest = terms
    return first[1] + "".join(f" {'less' if sign < 0 else 'plus'} {code}" for sign, code in rest)
