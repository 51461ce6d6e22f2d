"""Several reports in one document, as where a county puts all its agencies on one page."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from nianbao.forms import Form, load_forms
from nianbao.model import Document, Paragraph
from nianbao.reports.candidates import tables_for
from nianbao.reports.rows import DrawnTable
from nianbao.reports.sections import has_heading, read_sections
from nianbao.reports.title import Title, is_body, read_title


def split_reports(document: Document, tables: Mapping[str, DrawnTable]) -> list[Document]:
    """Return the document in as many parts as it holds reports, each from its title on.

    A title with nothing of a report below it, such as a link to another one, opens no part; a title
    repeated on every page opens one part only. What stands before the first title is left out
    unless it holds tables or sections itself. `tables` are the document's own, by their places.
    """
    starts = _starts(document)
    ends = [*(index for index, _ in starts[1:]), len(document.blocks)]
    parts: list[tuple[Title, int, int]] = []
    for (index, title), end in zip(starts, ends, strict=False):
        if parts and _same(parts[-1][0], title):
            parts[-1] = (parts[-1][0], parts[-1][1], end)
        elif _holds_report(document, tables, index, end):
            parts.append((title, index, end))
    if not parts or (len(parts) == 1 and _holds_report(document, tables, 0, parts[0][1])):
        return [document]
    return [_part(document, start, end, alone=len(parts) == 1) for _, start, end in parts]


def _starts(document: Document) -> list[tuple[int, Title]]:
    """Return where titles stand; one over two lines begins with the line that names the body."""
    found: list[tuple[int, Title]] = []
    before = ""
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            before = ""
            continue
        title = read_title(block.text)
        if title and title.organisation:
            found.append((index, title))
        elif title and is_body(before) and (whole := read_title(before + block.text)):
            found.append((index - 1, whole))
        before = block.text
    return found


def _same(title: Title, other: Title) -> bool:
    return (title.organisation, title.report_year) == (other.organisation, other.report_year)


def _holds_report(
    document: Document, tables: Mapping[str, DrawnTable], start: int, end: int
) -> bool:
    """Tell whether a stretch holds rows of a form's table, or two of the statutory headings."""
    part = _part(document, start, end, alone=False)
    own = [tables[table.place] for table in part.tables]
    if own and any(tables_for(table, own) for form in _newest_first() for table in form.tables):
        return True
    least = 2
    return has_heading(part) and any(
        len(read_sections(part, form)) >= least for form in load_forms().values()
    )


def _newest_first() -> Iterable[Form]:
    """Return the forms in the order in which most documents are soonest known."""
    return reversed(load_forms().values())


def _part(document: Document, start: int, end: int, *, alone: bool) -> Document:
    """Return a stretch of the document; the page's own title speaks of it only if it is alone."""
    metadata = {k: v for k, v in document.metadata.items() if alone or k != "title"}
    return replace(document, blocks=document.blocks[start:end], metadata=metadata)
