"""What a document prints, as written down beside it in `<file>.json`: the format, checked by pydantic.

Written by hand it may be short: `"0"` stands for a plain whole number, `""` for a blank cell,
`"unread"` for a number that nobody can tell from the document alone.
"""

import json
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from nianbao.errors import ConfigurationError
from nianbao.model import Scope

UNREAD = "unread"
_PLAIN = re.compile(r"\d+(\.\d+)?", re.ASCII)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExpectedCell(_Record):
    """One printed cell; `raw` is its text without the white space around it."""

    raw: str
    kind: Literal["number", "blank", "dash", "text"]
    value: Decimal | None = None
    unit: str | None = None
    note: str | None = None


def _short(cell: Any) -> Any:
    """Return the short form of a cell in full: only what needs no understanding has one."""
    if cell == "":
        return {"raw": "", "kind": "blank"}
    if isinstance(cell, str) and _PLAIN.fullmatch(cell):
        return {"raw": cell, "kind": "number", "value": cell}
    return cell


Expectation = Annotated[ExpectedCell | Literal["unread"], BeforeValidator(_short)]


class ExpectedFact(_Record):
    """One number or period that the running text states."""

    measure: str
    value: Decimal | None = None
    unit: str | None = None
    text: str | None = None
    label: str | None = None


class ExpectedReport(_Record):
    """One report of a document; what is left out is not scored, `cells` excepted.

    Cells that are not listed are not printed: a number read for one of them is an error.
    """

    organisation: str
    report_year: int | None
    form: Literal["2014", "2019", "2021", "none"]
    scope: Scope = "agency"
    published_on: str | None = None
    """Day as `YYYY-MM-DD`; `null` says that the document states none."""
    cells: dict[str, Expectation] = {}
    sections: tuple[str | None, ...] | None = None
    """Codes of the sections in printed order; `null` for a chapter under another title."""
    facts: tuple[ExpectedFact, ...] = ()
    not_stated: tuple[str, ...] = ()
    """Measures that the text does not state, however much it looks like it."""
    findings: tuple[str, ...] = ()
    """Codes of findings that must be there; others may be."""


class ExpectedDocument(_Record):
    """The whole file: the reports of a document in printed order, or why it has none."""

    about: str = ""
    """What the document shows, for people."""
    format: str | None = None
    """Line of the table on which it is counted; the suffix of its name where left out."""
    quirks: tuple[Annotated[int, Field(ge=1, le=30)], ...] = ()
    """Numbers of the known oddities of published reports that it shows."""
    floor: Annotated[float, Field(ge=0, le=1)] = 1.0
    """Share of the printed cells that must be read right; less only for what is hard to read.

    Below 1, facts may be missed, and sections and findings differ. It changes no count.
    """
    reports: tuple[ExpectedReport, ...] = ()
    errors: tuple[str, ...] = ()
    """Error codes of what cannot be read: of the file itself, or of members of a bundle."""


def read_expected(name: str, text: str) -> ExpectedDocument:
    """Return what a file of that name says; `ConfigurationError` where it does not fit the format."""
    try:
        return ExpectedDocument.model_validate(json.loads(text, parse_float=Decimal))
    except ValidationError as error:
        raise ConfigurationError(f"{name}: {_first(error)}") from error
    except ValueError as error:
        raise ConfigurationError(f"{name}: {error}") from error


def _first(error: ValidationError) -> str:
    """Return what is wrong, and how much more, on one line."""
    first, *others = error.errors(include_url=False)
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" + (f" (and {len(others)} more)" if others else "")


def expected_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format, for editors and for other languages."""
    schema = ExpectedDocument.model_json_schema()
    cells = schema["$defs"]["ExpectedReport"]["properties"]["cells"]
    short = {"type": "string", "pattern": r"^(\d+(\.\d+)?)?$"}
    cells["additionalProperties"]["anyOf"].append(short)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
