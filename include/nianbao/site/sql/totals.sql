-- What this version holds.
SELECT (SELECT count(*) FROM reports) AS reports,
    (SELECT count(DISTINCT org_id) FROM reports) AS bodies_with_reports,
    (SELECT count(*) FROM organisations) AS bodies,
    (SELECT min(report_year) FROM reports) AS first_year,
    (SELECT max(report_year) FROM reports) AS last_year,
    (SELECT count(*) FROM check_reports) AS checked,
    (SELECT count(*) FROM quarantine) AS not_read,
    (SELECT count(*) FROM check_results WHERE severity = 'error' AND status = 'fail') AS errors,
    (SELECT count(DISTINCT report_id) FROM check_results WHERE severity = 'error' AND status = 'fail')
        AS reports_with_errors;
