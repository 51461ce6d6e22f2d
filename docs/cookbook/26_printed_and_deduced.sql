-- zh: 空格能推算出多少？推算值与填报值要分开看
-- en: How many blanks can be inferred, and what do they say, apart from what is printed?
-- mind: deduced_value is what a blank can only be, by an identity of the form; deduction names it. It is no printed number: never mix the two without saying so.
SELECT r.organisation, r.report_year, c.deduction, count(*) AS cells, sum(c.deduced_value) AS deduced
FROM report_cells c JOIN reports r USING (report_id)
WHERE c.deduced_value IS NOT NULL
GROUP BY r.organisation, r.report_year, c.deduction
ORDER BY r.organisation, r.report_year, c.deduction;
