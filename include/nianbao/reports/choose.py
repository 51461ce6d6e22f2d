"""Which official form a document follows: decided by its labels, not by its year."""

from collections.abc import Iterable

from nianbao.forms import Form, load_forms
from nianbao.reports.candidates import header_keys, row_keys
from nianbao.reports.rows import TableRow


def choose_form(rows: Iterable[TableRow], report_year: int | None) -> Form | None:
    """Return the form with the most of its own labels in the tables; `None` where there are none.

    Labels that only one form has decide; where none of these is printed, the report year does.
    """
    printed = {key for row in rows for key in row.keys if key}
    labels = {form.name: _labels(form) for form in load_forms().values()}
    hits = {name: len(own & printed) for name, own in labels.items()}
    if not any(hits.values()):
        return None
    particular = {
        name: len((own - _others(labels, name)) & printed) for name, own in labels.items()
    }
    ranked = sorted(
        load_forms().values(),
        key=lambda form: (
            particular[form.name],
            report_year is not None and form.fits(report_year),
            hits[form.name],
        ),
    )
    return ranked[-1]


def _labels(form: Form) -> frozenset[str]:
    return frozenset().union(*(row_keys(t) | header_keys(t) for t in form.tables))


def _others(labels: dict[str, frozenset[str]], name: str) -> frozenset[str]:
    return frozenset().union(*(own for other, own in labels.items() if other != name))
