-- zh: 一个机关历年收到多少申请，各年的数字能不能直接相比？
-- en: How many applications did one body receive over the years, and do the years compare?
-- mind: comparability says how far a number compares with the year before: the form changed in 2019 and in 2021.
-- mind: A value that is null was not printed; not_printed says how many cells lack. It is not zero.
SELECT report_year, form, value AS received, not_printed, previous_form, comparability
FROM measures_yearly
WHERE measure = 'received' AND organisation = '肥城市商务局' AND scope = 'agency'
ORDER BY report_year;
