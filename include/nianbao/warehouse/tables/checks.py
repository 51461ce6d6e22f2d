"""The rules and what they found."""

from sqlalchemy import ARRAY, Boolean, Column, Integer, SmallInteger, String

from nianbao.warehouse.tables.base import table, text, year

check_rules = table(
    "check_rules",
    "The rules, one row per rule file",
    text("rule_id", "Rule", nullable=False),
    Column("rule_number", SmallInteger, comment="Number of the rule in check_tally"),
    Column("rule_version", SmallInteger, comment="Raised when the rule's meaning changes"),
    text("theme", "What the rule is about"),
    text("severity", "error 错误, warning 疑点 or info 提示"),
    Column("forms", ARRAY(String), comment="Forms that the rule speaks of"),
    text("subject_kind", "What one result is about"),
    text("title_zh", "Title"),
    text("title_en", "The same in English"),
    text("basis_zh", "Legal or practical basis, in Chinese"),
    text("basis_en", "Legal or practical basis, in English"),
    text("advice_zh", "What the office that filled the report should do"),
    text("advice_en", "The same in English"),
    text("sql", "The query that decides"),
)

stored_checks = table(
    "stored_checks",
    "The failed checks without what reviewers decided on them: see the view check_results",
    text("report_id", "Report", nullable=False),
    text("sha256", "Document whose reading was checked"),
    text("rule_id", "Rule", nullable=False),
    Column("rule_version", SmallInteger, comment="Version of the rule that found it"),
    text("subject", "Part of the report that was checked"),
    text("subject_zh", "The same as the form prints it"),
    text("subject_en", "The same in English"),
    text("status", "fail 不通过"),
    text("severity", "error 错误, warning 疑点 or info 提示"),
    text("expected", "Value that would have passed"),
    text("observed", "Value as printed"),
    text("note", "How the two were worked out"),
    text("message_zh", "The finding as an office would write it, naming the cell as printed"),
    text("message_en", "The same in English"),
    Column("cells", ARRAY(String), comment="Codes of the cells involved, the one named first"),
    text("quote", "The words in question, where the check is about words"),
    text("location", "Their place in the document"),
    Column(
        "blanks_as_zero",
        Boolean,
        comment="True for a pass that takes blanks for zeros; passes are only kept for few files",
    ),
    text("blame", "publisher 填报问题, reading 识读存疑 or unclear 待核; null unless failed"),
    text("blame_zh", "Why"),
    text("blame_en", "The same in English"),
    text("item_key", "Hash of report, rule and subject: names the finding in every version"),
)

check_tally = table(
    "check_tally",
    "Checks counted by status, per report and rule, by their numbers: see the view check_counts",
    Column("report", Integer, comment="Number of the report, see check_reports"),
    Column("rule_number", SmallInteger, comment="Number of the rule, see check_rules"),
    Column("passed", Integer, comment="pass 通过"),
    Column("failed", Integer, comment="fail 不通过"),
    Column("not_assessable", Integer, comment="not_assessable 无法核验"),
    Column("blanks_as_zero", Integer, comment="Of those passed, how many take blanks for zeros"),
)

check_reports = table(
    "check_reports",
    "One line per report: what failed, and what could not be assessed, so that an empty report does "
    "not look clean",
    Column("report", Integer, comment="Number of the report in check_tally"),
    text("report_id", "Report", nullable=False),
    text("form", "Form of the report"),
    year(),
    Column("errors", Integer, comment="Failed checks of severity error"),
    Column("warnings", Integer, comment="Failed checks of severity warning"),
    Column("infos", Integer, comment="Failed checks of severity info"),
    Column("passed", Integer, comment="Passed checks"),
    Column("not_assessable", Integer, comment="Checks that could not be assessed"),
    Column("blanks_as_zero", Integer, comment="Passed checks that take blanks for zeros"),
)

check_hints = table(
    "check_hints",
    "Changes after which every identity of a failing report would hold: where to look first, "
    "never a correction",
    text("report_id", "Report", nullable=False),
    text(
        "kind",
        "one_cell: one number is wrong; digits_split: a number stands in two cells; row_shifted: a "
        "row stands one column off",
    ),
    Column("cells", ARRAY(String), comment="Codes of the cells that would change"),
    Column("printed", ARRAY(String), comment="Their numbers as printed"),
    Column("mended", ARRAY(String), comment="Their numbers after the change"),
    text("hint_zh", "In words"),
    text("hint_en", "The same in English"),
)

evaluated_rules = table(
    "evaluated_rules",
    "The rules whose query ran in this build",
    text("rule_id", "Rule", nullable=False),
    Column("subjects", Integer, comment="Subjects that the rule spoke of"),
)
