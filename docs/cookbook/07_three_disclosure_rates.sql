-- zh: 三种公开率的定义相差多大？
-- en: How far apart are the three definitions of a disclosure rate?
-- mind: Each has its own denominator; say which one you use. measures has what each means, in both languages.
-- mind: The third needs the eight grounds of refusal, which the form of 2014 does not have: null before 2019.
SELECT organisation, report_year,
    disclosed_over_closed_num AS disclosed, disclosed_over_closed_den AS closed,
    round(disclosed_over_closed, 3) AS of_closed,
    round(disclosed_over_processed, 3) AS of_processed,
    round(disclosed_over_decided, 3) AS of_decided
FROM rates_yearly
WHERE scope = 'agency' AND organisation = '肥城市商务局'
ORDER BY report_year;
