"""Which report was there when, and which may be called missing."""

from sqlalchemy import Column, Date

from nianbao.warehouse.tables.base import RUN, table, text, year

coverage = table(
    "coverage",
    "One row per report, and one per report that a body owes and that is not there. Only `absent` "
    "may be called missing",
    text("org_id", "Organisation", nullable=False),
    text("organisation", "Its name"),
    year(),
    text("scope", "Scope of the report, or the one that is owed"),
    text("report_id", "Report; null where there is none"),
    Column(
        "published_on",
        Date,
        comment="First day on which it was public: printed on any version, told by the list, or seen",
    ),
    Column("deadline", Date, comment="Statutory last day; null where no rule speaks of the body"),
    text("basis", "Rule of the deadline"),
    text(
        "status",
        "on_time, late, date_unknown, absent (its portals were read in full after the deadline and "
        "it was not there), not_seen (nobody can tell) or not_due",
    ),
    text(
        "reason",
        "Why not_seen, not_due or date_unknown; null for the others. on_no_roster: only printed "
        "reports name the body, so that nobody can tell whether it owed this one",
    ),
    text("obliged_by", "roster, record, or none where only reports name the body"),
    text("portal_id", "Portal of the report, or the one that the reason or the absence speaks of"),
    Column("checked_on", Date, comment="Last complete reading of the portal's lists", info=RUN),
    Column("as_of", Date, comment="Day of the newest request, in Chinese time", info=RUN),
)
