-- zh: 复议和诉讼的纠错率是多少？
-- en: How often do reviews and courts correct the body?
-- mind: Corrected over concluded, which is the total less the pending cases.
-- mind: The other results (withdrawn, settled) are in the denominator: a low rate does not say that the rest was upheld.
SELECT report_year,
    sum(corrected_over_reviews_num) AS reviews_corrected,
    sum(corrected_over_reviews_den) AS reviews_concluded,
    round(sum(corrected_over_reviews_num)::DOUBLE / nullif(sum(corrected_over_reviews_den), 0)::DOUBLE, 3) AS reviews,
    sum(corrected_over_litigation_num) AS litigation_corrected,
    sum(corrected_over_litigation_den) AS litigation_concluded,
    round(sum(corrected_over_litigation_num)::DOUBLE / nullif(sum(corrected_over_litigation_den), 0)::DOUBLE, 3) AS litigation
FROM rates_yearly
WHERE scope = 'agency'
  AND corrected_over_reviews_num IS NOT NULL AND corrected_over_reviews_den IS NOT NULL
  AND corrected_over_litigation_num IS NOT NULL AND corrected_over_litigation_den IS NOT NULL
GROUP BY report_year
ORDER BY report_year;
