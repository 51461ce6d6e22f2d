-- zh: 规范性文件的存量账对得上吗？
-- en: Does the stock of normative documents balance from year to year?
-- mind: In force this year should be last year's, plus issued, less repealed. Mergers and clean-ups break it lawfully.
-- mind: Only from the form of 2021 on: earlier stocks counted something else.
WITH stock AS (
    SELECT org_id, organisation, scope, report_year,
        proactive_normative_documents_in_force AS in_force,
        proactive_normative_documents_issued AS made,
        proactive_normative_documents_repealed AS repealed
    FROM wide_2021
)
SELECT now.organisation, now.scope, now.report_year, before.in_force AS in_force_before,
    now.made, now.repealed, now.in_force,
    now.in_force - (before.in_force + now.made - now.repealed) AS difference
FROM stock now
JOIN stock before
    ON before.org_id = now.org_id AND before.scope = now.scope
    AND before.report_year = now.report_year - 1
WHERE now.report_year = 2022
ORDER BY abs(difference) DESC NULLS LAST, now.organisation, now.scope;
