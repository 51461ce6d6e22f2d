-- zh: 空格能推算出多少？推算值与填报值要分开看
-- en: How many blanks can be inferred, and what do they say, apart from what is printed?
-- mind: deduced_value is what a blank can only be, by an identity of the form; deduction names it. It is no printed number: never mix the two without saying so.
SELECT r.organisation, r.scope, d.deduction, count(*) AS cells, sum(d.deduced_value) AS deduced
FROM deductions d JOIN reports r USING (report_id)
WHERE r.report_year = 2021
GROUP BY r.organisation, r.scope, d.deduction
ORDER BY r.organisation, r.scope, d.deduction;
