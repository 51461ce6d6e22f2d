"""Sample reports as Markdown, merged cells in the ways that converters write them."""

from typing import Literal

from nianbao.model import Table, TableCell
from nianbao.sample.content import Heading, Text, Title
from nianbao.sample.layout import Grid
from nianbao.sample.report import SampleReport
from support.office_parts import printed_parts

Merged = Literal["blank", "repeated", "short", "html"]


def markdown_text(report: SampleReport, merged: Merged = "blank", *, bold: bool = False) -> str:
    """Return the report; `merged` says what stands in the squares that a merged cell covers."""
    lines: list[str] = []
    for part in printed_parts(report):
        match part:
            case Title(title):
                lines += [f"**{line}**" if bold else f"# {line}" for line in title]
            case Heading(text):
                lines.append(f"**{text}**" if bold else f"## {text}")
            case Text(text):
                lines.append(text)
            case _:
                lines.append(html_table(part) if merged == "html" else pipe_table(part, merged))
    return "\n\n".join(lines) + "\n"


def pipe_table(grid: Grid, merged: Merged) -> str:
    """Return a table of pipes."""
    table = Table(
        tuple(TableCell(s.text, s.row, s.column, s.row_span, s.column_span) for s in grid), "t"
    )
    rows = []
    for index, squares in enumerate(table.grid):
        texts = []
        for column, square in enumerate(squares):
            assert square is not None
            begins = (square.row, square.column) == (index, column)
            if begins or merged == "repeated":
                texts.append(square.text.strip().replace("\n", "<br>").replace("|", "\\|"))
            elif merged == "blank" or square.column == column:
                texts.append("")
        rows.append(f"| {' | '.join(texts)} |")
    width = rows[0].replace("\\|", "").count("|") - 1
    return "\n".join([rows[0], "|" + " --- |" * width, *rows[1:]])


def html_table(grid: Grid) -> str:
    """Return a table in HTML, as converters write it that find merged cells."""
    rows = ""
    for index in range(max(square.row for square in grid) + 1):
        cells = "".join(
            f'<td rowspan="{s.row_span}" colspan="{s.column_span}">{s.text}</td>'.replace(
                "\n", "<br>"
            )
            for s in sorted(grid, key=lambda s: s.column)
            if s.row == index
        )
        rows += f"<tr>{cells}</tr>\n"
    return f"<table>\n{rows}</table>"
