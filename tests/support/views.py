"""The views that docs/design.md promises to analysts."""

VIEWS = (
    "reports",
    "report_versions",
    "report_cells",
    "cell_dictionary",
    "report_sections",
    "narrative_facts",
    "organisations",
    "check_rules",
    "check_results",
    "check_summary",
    "findings",
    "fetches",
    "portals",
    "coverage",
    "applications_yearly",
)
