"""Which official form a document follows: decided by its labels, not by its year."""

from collections.abc import Iterable
from functools import cache

from nianbao.forms import Form, load_forms
from nianbao.reports.candidates import known_keys
from nianbao.reports.rows import DrawnTable


def choose_form(tables: Iterable[DrawnTable], report_year: int | None) -> Form | None:
    """Return the form with the most of its own labels in the tables; `None` where there are none.

    Labels that only one form has decide; where none of these is printed, the report year does.
    """
    printed = frozenset().union(*(table.keys for table in tables))
    hits = {name: len(own & printed) for name, own in _labels().items()}
    if not any(hits.values()):
        return None
    particular = {name: len(own & printed) for name, own in _particular_labels().items()}
    ranked = sorted(
        load_forms().values(),
        key=lambda form: (
            particular[form.name],
            report_year is not None and form.fits(report_year),
            hits[form.name],
        ),
    )
    return ranked[-1]


@cache
def _labels() -> dict[str, frozenset[str]]:
    """Return the labels of each form."""
    return {
        form.name: frozenset().union(*(known_keys(table) for table in form.tables))
        for form in load_forms().values()
    }


@cache
def _particular_labels() -> dict[str, frozenset[str]]:
    """Return the labels of each form that no other has."""
    return {
        name: own.difference(*(labels for other, labels in _labels().items() if other != name))
        for name, own in _labels().items()
    }
