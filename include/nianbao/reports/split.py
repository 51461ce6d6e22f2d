"""Several reports in one document, as where a county puts all its agencies on one page."""

from dataclasses import replace

from nianbao.forms import load_forms
from nianbao.model import Document, Paragraph
from nianbao.reports.candidates import rows_for
from nianbao.reports.rows import rows_of
from nianbao.reports.title import Title, is_body, read_title


def split_reports(document: Document) -> list[Document]:
    """Return the document in as many parts as it holds reports, each from its title on.

    A title with no table of a form below it, such as an entry of a list of contents, opens no part;
    a title repeated on every page opens one part only.
    """
    starts = _starts(document)
    ends = [*(index for index, _ in starts[1:]), len(document.blocks)]
    parts: list[tuple[Title, int, int]] = []
    for (index, title), end in zip(starts, ends, strict=False):
        if parts and _same(parts[-1][0], title):
            parts[-1] = (parts[-1][0], parts[-1][1], end)
        elif _holds_form(document, index, end):
            parts.append((title, index, end))
    several = len(parts) > 1
    return [_part(document, start, end) for _, start, end in parts] if several else [document]


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


def _holds_form(document: Document, start: int, end: int) -> bool:
    rows = rows_of(_part(document, start, end))
    return any(rows_for(table, rows) for form in load_forms().values() for table in form.tables)


def _part(document: Document, start: int, end: int) -> Document:
    """Return a stretch of the document; its metadata speak of the whole and are left behind."""
    blocks = document.blocks[start:end]
    metadata = {k: v for k, v in document.metadata.items() if k != "title"}
    return replace(document, blocks=blocks, metadata=metadata)
