"""What reviewers have decided on findings: copied into each build from the store of verdicts."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, SmallInteger

from nianbao.warehouse.tables.base import RUN, table, text, year

verdict_events = table(
    "verdict_events",
    "Every decision on every finding, in order; nothing in it is ever changed. See verdict_history",
    text("item_key", "Hash of report, rule and subject: the finding", nullable=False),
    Column(
        "step", Integer, nullable=False, comment="First, second, third … decision on the finding"
    ),
    text("report_id", "Report", nullable=False),
    text("org_id", "Organisation"),
    text("organisation", "Its name when it was decided"),
    year(),
    text("scope", "agency, own_level or area"),
    text("rule_id", "Rule", nullable=False),
    Column("rule_version", SmallInteger, comment="Version of the rule that was judged"),
    text("subject", "Part of the report"),
    text("subject_zh", "The same as the form prints it"),
    text("finding", "The finding in words, as it was then"),
    text(
        "state",
        "open 待核, returned 已退回, corrected 已更正, confirmed 情况属实 or false_alarm 误报",
        nullable=False,
    ),
    text("opinion", "处理意见, as written"),
    text("responsible", "责任单位"),
    Column("due_on", Date, comment="期限"),
    text("remark", "备注"),
    text("reason", "Why"),
    text("who", "Who decided; nianbao where the next version of the report did"),
    Column("decided_at", DateTime, comment="When, in UTC", info=RUN),
    Column("automatic", Boolean, comment="True where no person decided"),
    text("cells_digest", "Hash of what was judged: a verdict lapses where it changes"),
    text("judged", "What was judged, as JSON: cells as printed, expected, observed, quote"),
    text("judged_before", "The same before, where an automatic decision compares the two"),
    text("sha256", "Document that was judged"),
    text("numbers_digest", "Hash of all numbers of the report then"),
    text("list_id", "Work-list that it came with"),
    text("source", "File name of the work-list, or command"),
)

verdict_standing = table(
    "verdict_standing",
    "What became of each finding that was ever decided on, in this build",
    text("item_key", "Finding", nullable=False),
    text(
        "standing",
        "fails: it is still found; passes; reworded: the sentence is gone, but the rule still fails in "
        "this report; not_assessable; not_asked: the rule no longer asks it of this report; "
        "report_gone; rule_gone",
    ),
    Column(
        "rule_changed", Boolean, comment="True where the rule has another version than the judged"
    ),
)

watched_checks = table(
    "watched_checks",
    "How the checks ended that somebody has decided on, whether or not they failed",
    text("item_key", "Finding", nullable=False),
    text("status", "pass, fail or not_assessable"),
    content=False,
)
