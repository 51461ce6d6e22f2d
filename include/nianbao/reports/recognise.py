"""A document recognised as a report: its form, its cells, its sections, and what was noticed."""

from nianbao.errors import ReadError
from nianbao.forms import Form, load_forms
from nianbao.model import Cell, Document, Fact, Finding, Report
from nianbao.reports.choose import choose_form
from nianbao.reports.narrative import read_narrative
from nianbao.reports.place import Placed, place_table
from nianbao.reports.rows import TableRow, rows_of
from nianbao.reports.sections import read_sections, section_findings
from nianbao.reports.split import split_reports
from nianbao.reports.title import Title, find_title, scope_of

NO_FORM = "none"


def recognise(document: Document) -> list[Report]:
    """Return the reports that a document holds.

    Raises `ReadError("not_a_report")` where there is neither the title nor the tables of one, and
    `ReadError("no_content")` where there is a title and nothing below it.
    """
    return [_recognise_one(part) for part in split_reports(document)]


def _recognise_one(document: Document) -> Report:
    title, doubts = find_title(document)
    rows = rows_of(document)
    form = choose_form(rows, title.report_year if title else None)
    placed = _place_all(form, rows)
    if title is None and not placed.cells:
        raise ReadError("not_a_report", "neither a title nor a table of an annual report")
    cells, missing = _complete(form, placed)
    # The statutory headings are the same in all forms from 2019 on.
    sections = read_sections(document, form or list(load_forms().values())[-1])
    if not placed.cells and not sections:
        raise ReadError("no_content", "the title of a report with neither tables nor sections")
    narrative = read_narrative(document, title.report_year if title else None)
    findings = [*_identity_findings(title, form), *doubts, *placed.findings, *missing]
    findings += _period_findings(title, narrative)
    if form is not None:
        findings += section_findings(sections, form)
    organisation = title.organisation if title else ""
    return Report(
        organisation=organisation,
        report_year=title.report_year if title else None,
        form=form.name if form and placed.cells else NO_FORM,
        scope=scope_of(organisation),
        title=title.text if title else "",
        published_on=document.metadata.get("published_on"),
        sections=sections,
        cells=cells,
        narrative=narrative,
        findings=tuple(findings),
    )


def _period_findings(title: Title | None, narrative: tuple[Fact, ...]) -> list[Finding]:
    """Return a finding for a statistical period outside the report year: one of the two is wrong."""
    return [
        Finding(
            "period_not_of_the_report_year", "warning", f"the period is {fact.text}", fact.location
        )
        for fact in narrative
        if fact.measure == "period" and title and str(title.report_year) not in (fact.text or "")
    ]


def _place_all(form: Form | None, rows: list[TableRow]) -> Placed:
    everything = Placed()
    for table in form.tables if form else ():
        placed = place_table(table, rows)
        everything.cells.update(placed.cells)
        everything.findings.extend(placed.findings)
    return everything


def _complete(form: Form | None, placed: Placed) -> tuple[tuple[Cell, ...], list[Finding]]:
    """Return the cells in the form's order, absent rows included as `missing`, with findings."""
    if form is None or not placed.cells:
        return (), [Finding("no_known_table", "warning", "no table of an official form")]
    cells = [
        placed.cells.get(code) or Cell(code, "", "missing", None, "")
        for code, spec in form.cells.items()
        if code in placed.cells or not spec.optional
    ]
    return tuple(cells), [*_missing_tables(form, placed), *_missing_rows(form, placed)]


def _missing_tables(form: Form, placed: Placed) -> list[Finding]:
    present = {code.split(".")[0] for code in placed.cells}
    return [
        Finding("table_missing", "warning", f"table {table.code} {table.spec.zh} is not there")
        for table in form.tables
        if table.code not in present
    ]


def _missing_rows(form: Form, placed: Placed) -> list[Finding]:
    """Return a finding per absent row of the tables that are there."""
    present = {code.rpartition(".")[0] for code in placed.cells}
    tables = {code.split(".")[0] for code in placed.cells}
    folded = tuple(f"{code}." for code in present)
    absent = {
        f"{cell.table}.{cell.row.code}": cell.row.zh
        for cell in form.cells.values()
        if not cell.optional and cell.table in tables
    }
    return [
        Finding("missing_row", "warning", f"row {zh} ({code}) is not there")
        for code, zh in absent.items()
        if code not in present and not code.startswith(folded)
    ]


def _identity_findings(title: Title | None, form: Form | None) -> list[Finding]:
    if title is None:
        return [Finding("title_missing", "error", "no title of an annual report")]
    findings = []
    if not title.organisation:
        findings.append(Finding("organisation_missing", "warning", "the title names nobody"))
    if form is not None and not form.fits(title.report_year):
        message = f"a report for {title.report_year} on the form of {form.name}"
        findings.append(Finding("form_not_of_its_year", "warning", message))
    return findings
