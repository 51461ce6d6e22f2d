"""Values from the warehouse as cells of a Great Expectations table, safe to put into a page.

Great Expectations takes plain strings for markup and writes attributes as they are; both are
escaped here, whatever page shows them.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from great_expectations.render.components import RenderedStringTemplateContent, RenderedTableContent

from nianbao.privacy import file_name, masked
from nianbao.quality.expectations.words import word

FAILED_CHECK_COLUMNS = (
    "agency",
    "report_year",
    "scope",
    "subject",
    "observed",
    "expected",
    "note",
    "source_url",
)

_STORED = re.compile(r"/[^/]|(?:file|s3|gs|az)://")
"""Addresses of our own storage."""
Row = Mapping[str, Any]


def text_cell(value: object) -> str:
    """Return a value as markup; nothing for an absent one."""
    return "" if value is None else escape(str(value))


def masked_cell(value: object) -> str:
    """Return a value as markup, with personal numbers, applicants' names and addresses masked."""
    return "" if value is None else text_cell(masked(str(value)))


def link_cell(url: object) -> RenderedStringTemplateContent | str:
    """Return a link for an http or https address, and any other address as mere text.

    A file that was handed in goes by its name: its folder tells of the machine that took it in.
    """
    if not is_web_address(url):
        return text_cell(file_name(str(url)) if _STORED.match(str(url)) else url)
    # A dollar sign would be taken for a parameter by the template the attribute ends up in.
    href = escape(str(url)).replace("$", "&#36;")
    return RenderedStringTemplateContent(
        content_block_type="string_template",
        string_template={
            "template": "$text",
            "tag": "a",
            "params": {"text": "原文 source"},
            "styling": {
                "attributes": {"href": href, "target": "_blank", "rel": "noopener noreferrer"}
            },
        },
    )


def is_web_address(url: object) -> bool:
    """Tell whether a browser would open the address as a web page and nothing else."""
    try:
        parts = urlsplit(str(url))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def failed_checks_table(rows: Sequence[Row]) -> RenderedTableContent:
    """Return failing checks as a table, its columns in the order reviewers read them."""
    headers = [f"{word('columns', column)}" for column in FAILED_CHECK_COLUMNS]
    return _table(headers, [_failed_check(row) for row in rows])


def rows_table(rows: Sequence[Row]) -> RenderedTableContent:
    """Return any rows as a table; the stored results keep no column order, so it is by name."""
    headers = sorted({column for row in rows for column in row})
    cells = [[text_cell(row.get(column)) for column in headers] for row in rows]
    return _table([escape(header) for header in headers], cells)


def _failed_check(row: Row) -> list[str | RenderedStringTemplateContent]:
    cells: dict[str, str | RenderedStringTemplateContent] = {
        column: masked_cell(row.get(column)) for column in FAILED_CHECK_COLUMNS
    }
    cells["scope"] = text_cell(word("scopes", str(row.get("scope") or "")).zh)
    cells["subject"] = subject_cell(row)
    cells["source_url"] = link_cell(row.get("source_url"))
    return list(cells.values())


def _table(headers: list[str], rows: list[Any]) -> RenderedTableContent:
    return RenderedTableContent(
        content_block_type="table",
        header_row=headers,
        table=rows,
    )


def subject_cell(row: Row) -> str:
    """Return the official label of what was checked with its code below, or the code alone."""
    code, label = text_cell(row.get("subject")), text_cell(row.get("subject_zh"))
    return f"{label}<br><code>{code}</code>" if label else code
