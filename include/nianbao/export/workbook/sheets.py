"""Sheets and what is written into them: texts as texts, numbers as numbers, addresses as links."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nianbao.errors import ConfigurationError

_MOST_ROWS = 1_048_576
_LONGEST_TEXT = 32_767
_LONGEST_LINK = 2_079
_LINKS_OF_A_SHEET = 65_530


@dataclass(frozen=True)
class Styles:
    """The formats of a workbook."""

    text: Format
    head: Format
    title: Format
    link: Format
    number: Format


def styles_of(book: Workbook) -> Styles:
    """Add the formats to a workbook.

    A text has the mark that Excel sets for a leading apostrophe: it stays a text when it is edited.
    """
    return Styles(
        text=book.add_format({"quote_prefix": True, "valign": "top"}),
        head=book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "border": 1}),
        title=book.add_format({"bold": True, "font_size": 13}),
        link=book.add_format({"font_color": "#0645AD", "underline": 1}),
        number=book.add_format({"num_format": "General", "align": "right"}),
    )


@dataclass
class Sheet:
    """A sheet that is written from the top down, as the memory-saving writer demands."""

    sheet: Worksheet
    styles: Styles
    row: int = field(default=0, init=False)
    links: int = field(default=0, init=False)

    def write(self, values: Sequence[Any], style: Format | None = None) -> None:
        """Write the next row.

        Raises `ConfigurationError` where Excel has no more rows.
        """
        if self.row >= _MOST_ROWS:
            raise ConfigurationError(
                "too much for one Excel sheet; choose a smaller place or fewer years"
            )
        for column, value in enumerate(values):
            self._cell(column, value, style)
        self.row += 1

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns, in characters."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def _cell(self, column: int, value: Any, style: Format | None) -> None:
        if value is None or value == "":
            if style is not None:
                self.sheet.write_blank(self.row, column, None, style)
        elif isinstance(value, bool):
            self.sheet.write_boolean(self.row, column, value)
        elif isinstance(value, int | float | Decimal):
            self.sheet.write_number(self.row, column, float(value), style or self.styles.number)
        else:
            self._text(column, value, style)

    def _text(self, column: int, value: Any, style: Format | None) -> None:
        text = _printed(value)
        is_link = text.startswith(("http://", "https://")) and len(text) <= _LONGEST_LINK
        if is_link and style is None and self.links < _LINKS_OF_A_SHEET:
            self.links += 1
            self.sheet.write_url(self.row, column, text, self.styles.link, string=text[:255])
        else:
            self.sheet.write_string(self.row, column, text, style or self.styles.text)


def _printed(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)[:_LONGEST_TEXT]
