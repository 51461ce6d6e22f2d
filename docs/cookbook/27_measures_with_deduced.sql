-- zh: 推算之后，哪些指标就完整了？
-- en: Which measures become whole once the blanks that can be inferred are?
-- mind: value and deduced_value are never both there; coalesce them only where the caption says that inferred numbers are among them.
SELECT organisation, scope, measure, cells, not_printed, value, deduced_value
FROM measures_yearly
WHERE measure IN ('refused', 'unavailable', 'not_processed', 'received_natural_person')
  AND value IS NULL AND report_year = 2021
ORDER BY organisation, scope, measure;
