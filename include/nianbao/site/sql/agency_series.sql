-- A body's figures over the years and forms, by scope. A value is null where a number that it needs is
-- not printed; `agency_gaps` tells what stands there. Measures that a form does not ask for have no row.
SELECT org_id, scope, report_year, form, measure, value::DOUBLE AS value, cells, not_printed, comparability
FROM measures_yearly
WHERE org_id IN (SELECT unnest(getvariable('org_ids')))
  AND measure IN (SELECT unnest(getvariable('measures')))
ORDER BY org_id, scope, report_year, measure;
