"""A sample report: who, which year, what every cell prints, and how the page looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from nianbao.model import Scope


class Style(BaseModel):
    """How a report is set; every combination occurs among published reports."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: bool = False
    """Exported from Word: `mso-` styles, a span in every cell, `<o:p>&nbsp;</o:p>` for a blank."""
    unclosed: bool = False
    """Cells, rows and paragraphs are never closed."""
    header_cells: bool = False
    """Labels stand in `th` and not in `td`."""
    split_tables: bool = False
    """Section two is one table per caption and not one table."""
    encoding: str = "utf-8"
    """Encoding of the page; `gb18030` is declared as gb2312, as publishers do."""
    padding: str = ""
    """White space printed before every number: nothing, NBSP or U+3000."""
    two_line_title: bool = False
    year_last: bool = False
    """The title is agency, then kind, then year."""
    wrapped_labels: Annotated[int, Field(ge=0)] = 0
    """Characters after which a column label is broken; 0 for never."""
    arabic_ordinals: bool = False
    """Sections three and four are numbered 3、 and 4、."""


@dataclass(frozen=True)
class SampleReport:
    """One report as its publisher would print it."""

    organisation: str
    org_id: str
    report_year: int
    form: str
    scope: Scope
    cells: Mapping[str, str]
    """Cell code → text as printed; the cells of a row that is not printed are absent."""
    published_on: date
    style: Style = field(default_factory=Style)
    labels: Mapping[str, str] = field(default_factory=dict)
    """Official label → what is printed instead."""
    claims: Mapping[str, str] = field(default_factory=dict)
    """Cell code → what the running text says instead of the cell's number."""

    @property
    def key(self) -> tuple[str, int]:
        """Organisation and report year."""
        return self.organisation, self.report_year
