"""The headline numbers of every report, one row each, under the same names on every form."""

from collections.abc import Sequence

from nianbao.quality.labels import measures
from nianbao.quality.tidy.wide import Wide, column


def headlines_view(wides: Sequence[Wide]) -> str:
    """Return the statement that makes the table `headlines`."""
    selects = "\nUNION ALL\n".join(_select(wide) for wide in wides)
    return f"CREATE TEMP TABLE headlines AS FROM (\n{selects}\n) ORDER BY report"


def _select(wide: Wide) -> str:
    numbers = ", ".join(
        f"{_number(words.get(wide.form.name))} AS {name}" for name, words in measures().items()
    )
    tables = {table.code for table in wide.form.tables}
    carried = _lists(wide) if "applications" in tables else "NULL AS ins, NULL AS outs"
    return f"SELECT report, {numbers}, {carried} FROM {wide.table}"  # noqa: S608 - our own names


def _number(codes: str | None) -> str:
    """Return the sum of a measure's cells; none where the form doesn't ask for it."""
    return " + ".join(column(code) for code in codes.split(" + ")) if codes else "NULL::DOUBLE"


def _lists(wide: Wide) -> str:
    """Return what was carried in and out as lists, one number per kind of applicant."""
    applicants = [one.code for one in wide.form.table("applications").spec.columns]
    ins, outs = (
        ", ".join(column(f"applications.{row}.{applicant}") for applicant in applicants)
        for row in ("carried_in", "carried_out")
    )
    return f"[{ins}] AS ins, [{outs}] AS outs"
