"""A document recognised as a report: its form, its cells, its sections, and what was noticed."""

from collections.abc import Mapping, Sequence
from functools import cache

from nianbao.errors import ReadError
from nianbao.forms import Form, FormCell, load_form, load_forms
from nianbao.model import Cell, Document, Fact, Finding, Report
from nianbao.reports.choose import choose_form
from nianbao.reports.crosscheck import doubtful_numbers
from nianbao.reports.mentions import read_mentions
from nianbao.reports.narrative import read_narrative
from nianbao.reports.place import Placed, place_table
from nianbao.reports.rows import DrawnTable, drawn
from nianbao.reports.sections import read_sections, section_findings
from nianbao.reports.split import split_reports
from nianbao.reports.title import Title, find_title, scope_of

NO_FORM = "none"


def recognise(document: Document) -> list[Report]:
    """Return the reports that a document holds.

    Raises `ReadError("not_a_report")` where there is neither the title nor the tables of one,
    `ReadError("no_content")` where there is a title and nothing below it, and in both cases
    `ReadError("attachments_only")` where files are linked that may hold what is not there.
    """
    tables = {table.place: drawn(table) for table in document.tables}
    return [_recognise_one(part, tables) for part in split_reports(document, tables)]


def _recognise_one(document: Document, all_tables: Mapping[str, DrawnTable]) -> Report:
    title, doubts = find_title(document)
    tables = [all_tables[table.place] for table in document.tables]
    form = choose_form(tables, title.report_year if title else None)
    placed = _place_all(form, tables)
    if title is None and not placed.cells:
        message = "neither a title nor a table of an annual report"
        raise _nothing("not_a_report", message, document)
    cells, missing = _complete(form, placed)
    # The statutory headings are the same in all forms from 2019 on.
    sections = read_sections(document, form or list(load_forms().values())[-1])
    if not placed.cells and not sections:
        message = "the title of a report with neither tables nor sections"
        raise _nothing("no_content", message, document)
    organisation = title.organisation if title else ""
    narrative = (
        *read_narrative(document, title.report_year if title else None),
        *read_mentions(document, organisation),
    )
    findings = [*_identity_findings(title, form), *doubts, *placed.findings, *missing]
    findings += _period_findings(title, narrative)
    if form is not None and "recognised" in document.metadata:
        findings += doubtful_numbers(form, placed.cells)
    if form is not None:
        findings += section_findings(sections, form)
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


def _nothing(code: str, message: str, document: Document) -> ReadError:
    """Return why a document gives no report; files that it links to are to be read in its place."""
    linked = document.attachments
    if not linked:
        return ReadError(code, message)
    names = ", ".join(attachment.title or attachment.url for attachment in linked[:3])
    return ReadError("attachments_only", f"{message}; {len(linked)} files are linked: {names}")


def _period_findings(title: Title | None, narrative: tuple[Fact, ...]) -> list[Finding]:
    """Return a finding for a statistical period outside the report year: one of the two is wrong."""
    return [
        Finding(
            "period_not_of_the_report_year", "warning", f"the period is {fact.text}", fact.location
        )
        for fact in narrative
        if fact.measure == "period" and title and str(title.report_year) not in (fact.text or "")
    ]


def _place_all(form: Form | None, tables: Sequence[DrawnTable]) -> Placed:
    everything = Placed()
    for table in form.tables if form else ():
        placed = place_table(table, tables)
        everything.cells.update(placed.cells)
        everything.findings.extend(placed.findings)
    return everything


def _complete(form: Form | None, placed: Placed) -> tuple[tuple[Cell, ...], list[Finding]]:
    """Return the cells in the form's order, absent rows included as `missing`, with findings."""
    if form is None or not placed.cells:
        return (), [Finding("no_known_table", "warning", "no table of an official form")]
    absent = _required(form.name).difference(placed.cells)
    if not absent:  # as in most reports
        return tuple([placed.cells[code] for code in form.cells if code in placed.cells]), []
    cells = [
        placed.cells.get(code) or Cell(code, "", "missing", None, "")
        for code in form.cells
        if code in placed.cells or code in absent
    ]
    specs = {code: spec for code, spec in form.cells.items() if code in absent}
    return tuple(cells), [*_missing_tables(form, placed), *_missing_rows(form, placed, specs)]


@cache
def _required(form: str) -> frozenset[str]:
    """Return the codes of the cells that every report on a form has."""
    return frozenset(code for code, spec in load_form(form).cells.items() if not spec.optional)


def _missing_tables(form: Form, placed: Placed) -> list[Finding]:
    present = {code.partition(".")[0] for code in placed.cells}
    return [
        Finding("table_missing", "warning", f"table {table.code} {table.spec.zh} is not there")
        for table in form.tables
        if table.code not in present
    ]


def _missing_rows(
    form: Form, placed: Placed, absent_cells: Mapping[str, FormCell]
) -> list[Finding]:
    """Return a finding per absent row of the tables that are there."""
    absent = {f"{cell.table}.{cell.row.code}": cell for cell in absent_cells.values()}
    found = [form.cells[code] for code in placed.cells]
    present = {f"{cell.table}.{cell.row.code}" for cell in found}
    tables = {cell.table for cell in found}
    folded = tuple(f"{cell.table}.{cell.row.code}." for cell in found if cell.row.optional)
    return [
        Finding("missing_row", "warning", f"row {cell.row.zh} ({code}) is not there")
        for code, cell in absent.items()
        if cell.table in tables and code not in present and not code.startswith(folded)
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
