"""A rule as its file states it; everything else about checking derives from these files."""

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nianbao.errors import ConfigurationError
from nianbao.forms import load_forms
from nianbao.model import Severity

SubjectKind = Annotated[
    str, Field(pattern=r"^(report|table|cell|section|sentence|measure|[a-z]+\.(row|column))$")
]


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Node):
    """One thing said in both languages."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Rule(_Node):
    """One rule: what it says, why, of which forms, and the query that decides it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    version: Annotated[int, Field(ge=1)] = 1
    """Raised whenever the rule's meaning changes; kept with every result."""
    theme: str
    """Folder of the file: what the rule is about."""
    severity: Severity
    forms: tuple[str, ...]
    subject_kind: SubjectKind
    """What one result is about: `report`, `table`, `cell` (its subject is a cell code), `section`
    (a section's code), `sentence` (its place in the document), `measure`, or `<table>.row` and
    `<table>.column`."""
    blame: Literal["publisher", "unclear", "record"] = "publisher"
    """Whose fault a failure is where nothing speaks against the reading. `record`: the publisher's,
    seen from dates, addresses or the kind of file alone, so that no reading can be to blame."""
    title_zh: str
    title_en: str
    basis_zh: str
    basis_en: str
    """What the rule rests on: the form, a regulation, or the practice of reviewers, and its limits."""
    advice_zh: str = ""
    advice_en: str = ""
    """What the office that filled the report should do."""
    message: Words | None = None
    """How a failure reads. `{place}` is the label of the subject, of the first of `cells` where the
    query names some; any other name in braces is a column of the query."""
    sql: str
    """Returns `subject, status, expected, observed, note` and what names the report: `report`, its
    number in the tidy tables, or `report_id`. One row per subject.

    Optional columns: `cells`, the codes of the cells involved, the one to look at first; `blanks`,
    how many blanks a pass takes for zero; `quote` and `location`, the words and place in question.
    It reads the tidy tables (`tidy/`), the macros of `macros.sql`, and any view of the warehouse.
    """

    @property
    def has_many_subjects(self) -> bool:
        """True where each report has a subject per row or column of a table, decided by numbers alone."""
        return self.theme != "narrative" and self.subject_kind.endswith((".row", ".column"))


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return every rule in the order of their ids; a rule's theme is the folder it lies in.

    Raises `ConfigurationError` where a file is invalid, its name is not the rule's id, or two
    files have one id.
    """
    found = [
        _load(theme.name, item.name, item.read_text("utf-8"))
        for theme in (files("nianbao.quality") / "rules").iterdir()
        if theme.is_dir()
        for item in theme.iterdir()
        if item.name.endswith(".yaml")
    ]
    rules = {rule.id: rule for rule in found}
    if len(rules) < len(found):
        raise ConfigurationError("two rule files have one id")
    return tuple(rule for _, rule in sorted(rules.items()))


@cache
def load_themes() -> dict[str, Words]:
    """Return the titles of the themes, in the order in which reviewers read them."""
    text = (files("nianbao.quality") / "rules" / "themes.yaml").read_text("utf-8")
    return {name: Words.model_validate(words) for name, words in yaml.safe_load(text).items()}


def _load(theme: str, name: str, text: str) -> Rule:
    place = f"rules/{theme}/{name}"
    try:
        rule = Rule.model_validate({**yaml.safe_load(text), "theme": theme})
    except (ValidationError, yaml.YAMLError, TypeError) as error:
        raise ConfigurationError(f"{place}: {error}") from error
    if f"{rule.id}.yaml" != name:
        raise ConfigurationError(f"{place}: holds the rule {rule.id!r}")
    if unknown := set(rule.forms) - {*load_forms(), "none"}:
        raise ConfigurationError(f"{place}: no form is named {', '.join(sorted(unknown))}")
    if theme not in load_themes():
        raise ConfigurationError(f"{place}: themes.yaml has no title for {theme!r}")
    return rule
