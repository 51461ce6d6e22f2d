-- zh: 每个县（市、区）每年的面板数据，用的是哪种口径，名单有多完整？
-- en: A panel of counties by year: which report speaks for each, and how complete is the roster?
-- mind: scope_used says which report the numbers are from; compare counties with the same one. Nothing is summed over agencies.
-- mind: A row without scope_used is a county whose government's report is not here; completeness tells how many of its bodies have one.
SELECT province, prefecture, county, division_2020, report_year, scope_used, form,
    received, closed_total, bodies_obliged, bodies_with_report, round(completeness, 3) AS completeness
FROM county_yearly
ORDER BY division_2020, report_year;
