-- zh: 一张表一行：2021年表的宽表
-- en: One row per report, one column per cell: the form of 2021 for a regression
-- mind: A column is a cell's code with underscores; cell_dictionary has the short names of at most 32 characters.
-- mind: A null is not zero.
SELECT organisation, report_year, scope, applications_received_natural_person,
    applications_received_total, applications_refused_process_information_total, reviews_review_corrected,
    proactive_fees_amount
FROM wide_2021
ORDER BY organisation, report_year, scope;
