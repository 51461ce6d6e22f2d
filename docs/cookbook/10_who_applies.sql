-- zh: 申请人中自然人占多少？
-- en: Which share of the applications comes from natural persons?
-- mind: The form of 2014 does not ask who applies.
-- mind: Many reports leave the columns of organisations blank where the total is zero: those are null here. With deduced_value the blanks that can only be zero count too; say so if you use it.
WITH applicants AS (
    SELECT org_id, report_year, measure, value
    FROM measures_yearly
    WHERE measure IN ('received', 'received_natural_person') AND scope = 'agency'
)
SELECT report_year, count(*) AS bodies, sum(received_natural_person) AS natural_persons,
    sum(received) AS received,
    round(sum(received_natural_person)::DOUBLE / nullif(sum(received), 0)::DOUBLE, 3) AS share
FROM (PIVOT applicants ON measure IN ('received', 'received_natural_person') USING first(value))
WHERE received IS NOT NULL AND received_natural_person IS NOT NULL
GROUP BY report_year
ORDER BY report_year;
