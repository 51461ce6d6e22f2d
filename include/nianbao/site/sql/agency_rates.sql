-- Rates of a body over the years, each with its numerator and denominator.
SELECT org_id, scope, report_year, 'disclosed_over_closed' AS rate,
    disclosed_over_closed_num::DOUBLE AS numerator, disclosed_over_closed_den::DOUBLE AS denominator
FROM rates_yearly WHERE org_id IN (SELECT unnest(getvariable('org_ids')))
UNION ALL
SELECT org_id, scope, report_year, 'disclosed_over_processed', disclosed_over_processed_num::DOUBLE,
    disclosed_over_processed_den::DOUBLE
FROM rates_yearly WHERE org_id IN (SELECT unnest(getvariable('org_ids')))
UNION ALL
SELECT org_id, scope, report_year, 'disclosed_over_decided', disclosed_over_decided_num::DOUBLE,
    disclosed_over_decided_den::DOUBLE
FROM rates_yearly WHERE org_id IN (SELECT unnest(getvariable('org_ids')))
UNION ALL
SELECT org_id, scope, report_year, 'corrected_over_reviews', corrected_over_reviews_num::DOUBLE,
    corrected_over_reviews_den::DOUBLE
FROM rates_yearly WHERE org_id IN (SELECT unnest(getvariable('org_ids')))
UNION ALL
SELECT org_id, scope, report_year, 'corrected_over_litigation', corrected_over_litigation_num::DOUBLE,
    corrected_over_litigation_den::DOUBLE
FROM rates_yearly WHERE org_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY org_id, scope, report_year, rate;
