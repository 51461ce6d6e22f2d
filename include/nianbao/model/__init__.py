"""The words of the project as frozen records; they import nothing else of ours."""

from nianbao.model.document import Attachment, Block, Document, Paragraph, Table, TableCell
from nianbao.model.fetch import Fetch, Lead, Outcome
from nianbao.model.identity import normalise_name, org_id_for, report_id_for, sha256_of
from nianbao.model.portal import Agency, Portal
from nianbao.model.report import Cell, Fact, Finding, Kind, Report, Scope, Section, Severity
from nianbao.model.roster import RosterEntry

__all__ = [
    "Agency",
    "Attachment",
    "Block",
    "Cell",
    "Document",
    "Fact",
    "Fetch",
    "Finding",
    "Kind",
    "Lead",
    "Outcome",
    "Paragraph",
    "Portal",
    "Report",
    "RosterEntry",
    "Scope",
    "Section",
    "Severity",
    "Table",
    "TableCell",
    "normalise_name",
    "org_id_for",
    "report_id_for",
    "sha256_of",
]
