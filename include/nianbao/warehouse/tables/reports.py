"""Documents, and the reports in them with all that was read."""

from sqlalchemy import ARRAY, BigInteger, Boolean, Column, DateTime, Integer, Numeric, SmallInteger

from nianbao.warehouse.tables.base import (
    RUN,
    VALUE,
    table,
    text,
    version_key,
    version_number,
    year,
)

documents = table(
    "documents",
    "Fetched files that were read, whether or not they gave a report",
    text("sha256", "SHA-256 of the bytes", nullable=False),
    text("portal_id", "Portal that served it"),
    text("source_url", "Address it was fetched from"),
    text("reader", "Reader that opened it"),
    text("reader_version", "Version of the reader"),
    Column("reports", Integer, comment="Reports found in it"),
    Column("cells", Integer, comment="Cells found in all of its reports"),
    Column(
        "numbers_sum",
        Numeric(38, 0),
        comment="Sum of all numbers found in them, in ten-thousandths, against changes on the way",
    ),
    Column(
        "report_years",
        ARRAY(SmallInteger),
        comment="Report year of each thing that it gave, in order; null where it has none",
    ),
    text("error_code", "Why nothing could be read; null where something was"),
    text("error_message", "The same in words"),
    Column("first_seen_at", DateTime, comment="First fetch, in UTC", info=RUN),
)

report_versions = table(
    "report_versions",
    "Every version of every report: which document, where from, and which one is current",
    *version_key(),
    text("org_id", "Organisation", nullable=False),
    text("organisation", "Organisation as printed"),
    year(),
    text("scope", "agency, own_level or area; scopes are never added together"),
    text("form", "First report year of the official form, or none"),
    text("title", "Title as printed"),
    text("published_on", "ISO date of publication, where the page or the list states one"),
    text("source_url", "Address it was fetched from"),
    text("portal_id", "Portal that served it"),
    Column("first_seen_at", DateTime, comment="First fetch, in UTC", info=RUN),
    Column("last_seen_at", DateTime, comment="Latest fetch, in UTC", info=RUN),
    Column("is_live", Boolean, comment="True where its address still serves these bytes"),
    Column("is_current", Boolean, comment="True for the one version that counts"),
    text(
        "superseded_by",
        "SHA-256 of the document that counts in its place; null for the current one",
    ),
    Column(
        "version",
        Integer,
        nullable=False,
        unique=True,
        comment="Number of the version inside this file; another build may number otherwise",
    ),
)

stored_sections = table(
    "stored_sections",
    "The running text, cut at its headings; see the view sections",
    version_number(),
    Column("number", SmallInteger, comment="Ordinal as printed"),
    text("code", "Statutory section; null for a chapter under another title"),
    text("title", "Heading as printed"),
    text("text", "Text below the heading"),
    text("location", "Place in the document"),
    Column(
        "signature",
        ARRAY(BigInteger),
        comment="128 numbers (MinHash of characters, numbers and names masked); the share of equal "
        "places estimates how much text two sections share; null for a short section",
    ),
)

stored_facts = table(
    "stored_facts",
    "Numbers stated in the running text; see the view facts",
    version_number(),
    text("measure", "What is counted"),
    Column("value", VALUE, comment="The number stated"),
    text("unit", "Unit printed"),
    text("label", "What is counted, in the report's words, where the measure has parts"),
    Column("part_of", VALUE, comment="The total that this is a part of, by the same sentence"),
    text("text", "A period, as first day/last day"),
    text("quote", "The words that state it"),
    text("location", "Place in the document"),
)

stored_findings = table(
    "stored_findings",
    "What the reader noticed, for every version of every report; see the view version_findings",
    version_number(),
    text("code", "Kind of finding"),
    text("severity", "error, warning or info"),
    text("message", "In words"),
    text("location", "Place in the document"),
)

quarantine = table(
    "quarantine",
    "Documents, or reports in them, that could not be taken in, with the reason",
    text("sha256", "SHA-256 of the bytes", nullable=False),
    Column("ordinal", SmallInteger, comment="Which of the things that the document gave, from one"),
    text("portal_id", "Portal that served it"),
    text("source_url", "Address it was fetched from"),
    text("code", "Reason"),
    text("message", "The same in words"),
)
