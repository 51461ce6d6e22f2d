"""Every stored table, declared once; the DDL, the comments in the file and the tests derive from it.

Tables marked `content` make up a version's content hash; their `run` columns, which tell of a run
and not of the world, are left out of it.
"""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
)

metadata = MetaData()

VALUE = Numeric(18, 4)
RUN = {"run": True}


def _text(name: str, comment: str, **options: Any) -> Column[str]:
    return Column(name, String, comment=comment, **options)


def _year(
    comment: str = "Report year: the year reported on, not that of publication",
) -> Column[int]:
    return Column("report_year", SmallInteger, comment=comment)


def _version_key() -> tuple[Column[Any], ...]:
    return (
        _text("report_id", "Hash of organisation, report year and scope", nullable=False),
        _text("sha256", "SHA-256 of the document", nullable=False),
        Column("ordinal", SmallInteger, nullable=False, comment="Report of the document, from one"),
    )


def _table(name: str, comment: str, *columns: Column[Any], content: bool = True) -> Table:
    return Table(name, metadata, *columns, comment=comment, info={"content": content})


portals = _table(
    "portals",
    "Portals of the registry",
    _text("portal_id", "Province and file name of the portal's record", nullable=False),
    _text("name", "Name of the portal"),
    _text("family", "Kind of content management system"),
    _text("stage", "published or draft"),
    _text("verified", "How the record was verified"),
)

organisations = _table(
    "organisations",
    "Bodies that report; one row per stable id",
    _text("org_id", "Stable id, never reused", nullable=False),
    _text("name", "Official name, or the name as printed where no record has it"),
    _text("credit_code", "统一社会信用代码, where known"),
    _text("division", "Six-digit code of the administrative division, where known"),
    Column("registered", Boolean, comment="True where a portal record names the body"),
)

fetches = _table(
    "fetches",
    "Every request of every harvest with its one outcome",
    _text("run_id", "Harvest run", info=RUN),
    _text("portal_id", "Portal"),
    _text("url", "Address asked for"),
    _text("purpose", "robots, list or report"),
    _text(
        "outcome",
        "fetched, unchanged, changed, blocked, gone, refused_by_robots, "
        "outside_allow_list, over_limit or failed",
    ),
    Column("fetched_at", DateTime, comment="When the answer was complete, in UTC", info=RUN),
    Column("duration_ms", Integer, comment="Milliseconds from request to end of body", info=RUN),
    Column("status", SmallInteger, comment="HTTP status, where one came"),
    Column("size", Integer, comment="Bytes of the body as received"),
    _text("sha256", "SHA-256 of the body, for reports"),
    _text("media_type", "Content-Type header"),
    _text("message", "Reason where nothing usable came"),
    content=False,
)

documents = _table(
    "documents",
    "Fetched files that were read, whether or not they gave a report",
    _text("sha256", "SHA-256 of the bytes", nullable=False),
    _text("portal_id", "Portal that served it"),
    _text("source_url", "Address it was fetched from"),
    _text("reader", "Reader that opened it"),
    _text("reader_version", "Version of the reader"),
    Column("reports", Integer, comment="Reports found in it"),
    Column("cells", Integer, comment="Cells found in all of its reports"),
    _text("error_code", "Why nothing could be read; null where something was"),
    _text("error_message", "The same in words"),
    Column("first_seen_at", DateTime, comment="First fetch, in UTC", info=RUN),
)

report_versions = _table(
    "report_versions",
    "Every version of every report: which document, where from, and which one is current",
    *_version_key(),
    _text("org_id", "Organisation", nullable=False),
    _text("organisation", "Organisation as printed"),
    _year(),
    _text("scope", "agency, own_level or area; scopes are never added together"),
    _text("form", "First report year of the official form, or none"),
    _text("title", "Title as printed"),
    _text("published_on", "ISO date of publication, where the page or the list states one"),
    _text("source_url", "Address it was fetched from"),
    _text("portal_id", "Portal that served it"),
    Column("first_seen_at", DateTime, comment="First fetch, in UTC", info=RUN),
    Column("last_seen_at", DateTime, comment="Latest fetch, in UTC", info=RUN),
    Column("is_live", Boolean, comment="True where its address still serves these bytes"),
    Column("is_current", Boolean, comment="True for the one version that counts"),
)

cells = _table(
    "cells",
    "Every number that the form asks for, of every version of every report",
    *_version_key(),
    _text("code", "Cell code, see cell_dictionary", nullable=False),
    _text("raw", "As printed, without the white space around it"),
    _text("kind", "number, blank, dash, text or missing; a blank is not zero"),
    Column("value", VALUE, comment="The number; null for anything but a number"),
    _text("unit", "Unit printed in the cell"),
    _text("note", "Annotation printed in the cell"),
    _text("matched", "alias or position, where the row's label is not printed as on the form"),
    _text("label", "The row's label as printed; null where the cell was not read from a row"),
    _text("heading", "The column's heading as printed, where one stands above the cell"),
    _text("location", "Place in the document: t2.r5.c3 is table 2, row 5, column 3"),
    _text(
        "source_place",
        "Where the file itself has it: the CSS path of the cell in a web page, page and box on "
        "paper, sheet and cell in a workbook; null where the format has no such places",
    ),
)

sections = _table(
    "sections",
    "The running text, cut at its headings",
    *_version_key(),
    Column("number", SmallInteger, comment="Ordinal as printed"),
    _text("code", "Statutory section; null for a chapter under another title"),
    _text("title", "Heading as printed"),
    _text("text", "Text below the heading"),
    _text("location", "Place in the document"),
    Column(
        "signature",
        ARRAY(BigInteger),
        comment="128 numbers (MinHash of characters, numbers and names masked); the share of equal "
        "places estimates how much text two sections share; null for a short section",
    ),
)

facts = _table(
    "facts",
    "Numbers stated in the running text",
    *_version_key(),
    _text("measure", "What is counted"),
    Column("value", VALUE, comment="The number stated"),
    _text("unit", "Unit printed"),
    _text("label", "What is counted, in the report's words, where the measure has parts"),
    Column("part_of", VALUE, comment="The total that this is a part of, by the same sentence"),
    _text("text", "A period, as first day/last day"),
    _text("quote", "The words that state it"),
    _text("location", "Place in the document"),
)

version_findings = _table(
    "version_findings",
    "What the reader noticed, for every version of every report",
    *_version_key(),
    _text("code", "Kind of finding"),
    _text("severity", "error, warning or info"),
    _text("message", "In words"),
    _text("location", "Place in the document"),
)

quarantine = _table(
    "quarantine",
    "Documents, or reports in them, that could not be taken in, with the reason",
    _text("sha256", "SHA-256 of the bytes", nullable=False),
    Column("ordinal", SmallInteger, comment="Which of the things that the document gave, from one"),
    _text("portal_id", "Portal that served it"),
    _text("source_url", "Address it was fetched from"),
    _text("code", "Reason"),
    _text("message", "The same in words"),
)

cell_dictionary = _table(
    "cell_dictionary",
    "What each cell code means",
    _text("code", "Cell code", nullable=False),
    _text("short_code", "Code of at most 32 characters, for tools that need short names"),
    _text("form", "First report year of the form", nullable=False),
    _text("section_zh", "Statutory section"),
    _text("section_en", "The same in English"),
    _text("row_zh", "Row label with the labels of its groups"),
    _text("row_en", "The same in English"),
    _text("column_zh", "Column label"),
    _text("column_en", "The same in English"),
    _text("table_code", "First part of the code"),
    _text("row_code", "Middle part of the code"),
    _text("column_code", "Last part of the code"),
    _text("value_type", "count, change or amount"),
    _text("unit", "Unit that the form prescribes"),
)

check_rules = _table(
    "check_rules",
    "The rules, one row per rule file",
    _text("rule_id", "Rule", nullable=False),
    _text("severity", "error 错误, warning 疑点 or info 提示"),
    Column("forms", ARRAY(String), comment="Forms that the rule speaks of"),
    _text("subject_kind", "What one result is about"),
    _text("title_zh", "Title"),
    _text("title_en", "The same in English"),
    _text("basis", "Legal or practical basis"),
    _text("sql", "The query that decides"),
)

check_results = _table(
    "check_results",
    "The failed checks, row by row; what passed or could not be assessed is counted in check_counts",
    _text("report_id", "Report", nullable=False),
    _text("rule_id", "Rule", nullable=False),
    _text("subject", "Part of the report that was checked"),
    _text("subject_zh", "The same as the form prints it"),
    _text("subject_en", "The same in English"),
    _text("status", "fail 不通过"),
    _text("severity", "error 错误, warning 疑点 or info 提示"),
    _text("expected", "Value that would have passed"),
    _text("observed", "Value as printed"),
    _text("note", "How the two were worked out"),
)

check_counts = _table(
    "check_counts",
    "Checks counted by status, per report and rule",
    _text("report_id", "Report", nullable=False),
    _text("rule_id", "Rule", nullable=False),
    _text("form", "Form of the report"),
    _year(),
    Column("passed", Integer, comment="pass 通过"),
    Column("failed", Integer, comment="fail 不通过"),
    Column("not_assessable", Integer, comment="not_assessable 无法核验"),
)

evaluated_rules = _table(
    "evaluated_rules",
    "The rules whose query ran in this build",
    _text("rule_id", "Rule", nullable=False),
    Column("subjects", Integer, comment="Subjects that the rule spoke of"),
)


def content_tables() -> list[tuple[str, list[str]]]:
    """Return the tables that make up the content, with the columns that count, in declared order."""
    return [
        (table.name, [c.name for c in table.columns if not c.info.get("run")])
        for table in metadata.tables.values()
        if table.info["content"]
    ]
