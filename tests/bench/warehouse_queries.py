"""Ten questions as analysts ask them, over the views they may rely on; braces take a report's ids."""

IDS = "SELECT report_id, org_id FROM report_versions WHERE is_current ORDER BY version LIMIT 1 OFFSET 1000"
QUERIES = {
    "one report, all cells with their places": (
        "SELECT code, raw, value, location, source_place FROM report_cells "
        "WHERE report_id = '{report_id}'"
    ),
    "one cell by year": (
        "SELECT r.report_year, count(c.value), sum(c.value) FROM report_cells c JOIN reports r "
        "USING (report_id) WHERE c.code = 'applications.received.total' GROUP BY ALL"
    ),
    "one cell, its highest twenty with their places": (
        "SELECT report_id, raw, value, location, source_place FROM report_cells "
        "WHERE code = 'applications.closed_total.total' ORDER BY value DESC NULLS LAST LIMIT 20"
    ),
    "wide: refusals by year": (
        "SELECT report_year, sum(applications_refused_state_secret_total), "
        "sum(applications_refused_law_forbids_total), sum(applications_refused_third_party_total) "
        "FROM wide_2021 GROUP BY ALL"
    ),
    "wide: highest share disclosed": (
        "SELECT organisation, report_year, applications_granted_total / "
        "nullif(applications_closed_total_total, 0) AS share FROM wide_2019 "
        "WHERE applications_closed_total_total > 20 ORDER BY share DESC LIMIT 20"
    ),
    "reports per year and form": "SELECT report_year, form, count(*) FROM reports GROUP BY ALL",
    "one organisation over all years": (
        "SELECT report_year, title, source_url FROM reports WHERE org_id = '{org_id}' ORDER BY ALL"
    ),
    "deduced blanks of one row": (
        "SELECT code, count(*), count(deduced_value) FROM report_values "
        "WHERE code LIKE 'applications.granted.%' AND kind = 'blank' GROUP BY ALL"
    ),
    "facts of one measure": (
        "SELECT measure, count(*), avg(value) FROM narrative_facts WHERE measure = 'received' GROUP BY ALL"
    ),
    "what revisions changed": (
        "SELECT code, count(*) FROM report_changes GROUP BY ALL ORDER BY 2 DESC LIMIT 10"
    ),
}
