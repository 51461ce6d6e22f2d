"""Who must report, as a roster says it."""

from dataclasses import dataclass

from nianbao.model.report import Scope


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One body of a roster; what its line leaves open is `None` or empty."""

    name: str
    source: str = ""
    """File and line: `departments.csv:12`."""
    org_id: str | None = None
    """Only where a roster gives ids of its own; else a record or the credit code decides."""
    credit_code: str | None = None
    site_code: str | None = None
    """网站标识码: ten characters, the first six of most are the division's code."""
    division: str | None = None
    kind: str | None = None
    theme: str | None = None
    parent: str = ""
    """Name or credit code of the body above."""
    obliged_from: int | None = None
    """First report year that the body has to report on."""
    obliged_to: int | None = None
    portal: str = ""
    """Id of the portal where its reports have to be."""
    aliases: tuple[str, ...] = ()
    successor: str = ""
    """Name or credit code of the body that took its work over."""
    scope: Scope | None = None
