"""The rules and what they found."""

from sqlalchemy import ARRAY, Column, Integer, String

from nianbao.warehouse.tables.base import table, text, year

check_rules = table(
    "check_rules",
    "The rules, one row per rule file",
    text("rule_id", "Rule", nullable=False),
    text("severity", "error 错误, warning 疑点 or info 提示"),
    Column("forms", ARRAY(String), comment="Forms that the rule speaks of"),
    text("subject_kind", "What one result is about"),
    text("title_zh", "Title"),
    text("title_en", "The same in English"),
    text("basis", "Legal or practical basis"),
    text("sql", "The query that decides"),
)

check_results = table(
    "check_results",
    "The failed checks, row by row; what passed or could not be assessed is counted in check_counts",
    text("report_id", "Report", nullable=False),
    text("rule_id", "Rule", nullable=False),
    text("subject", "Part of the report that was checked"),
    text("subject_zh", "The same as the form prints it"),
    text("subject_en", "The same in English"),
    text("status", "fail 不通过"),
    text("severity", "error 错误, warning 疑点 or info 提示"),
    text("expected", "Value that would have passed"),
    text("observed", "Value as printed"),
    text("note", "How the two were worked out"),
)

check_counts = table(
    "check_counts",
    "Checks counted by status, per report and rule",
    text("report_id", "Report", nullable=False),
    text("rule_id", "Rule", nullable=False),
    text("form", "Form of the report"),
    year(),
    Column("passed", Integer, comment="pass 通过"),
    Column("failed", Integer, comment="fail 不通过"),
    Column("not_assessable", Integer, comment="not_assessable 无法核验"),
)

evaluated_rules = table(
    "evaluated_rules",
    "The rules whose query ran in this build",
    text("rule_id", "Rule", nullable=False),
    Column("subjects", Integer, comment="Subjects that the rule spoke of"),
)
