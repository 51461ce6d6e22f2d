-- zh: 正文里的数字与表格里的数字一致吗？
-- en: Do the numbers in the running text agree with the table?
-- mind: The text may speak of something near to the cell and not of the cell (received with those carried in, for instance): read the sentence.
-- mind: What the text does not state is not compared.
SELECT r.organisation, r.report_year, f.measure, f.value AS in_text, c.value AS in_table, f.quote, r.source_url
FROM reports r
JOIN narrative_facts f USING (report_id)
JOIN measures_yearly c ON c.report_id = f.report_id AND c.measure = split_part(f.measure, '.', 2)
WHERE f.measure IN ('applications.received', 'applications.carried_in', 'applications.carried_out')
  AND c.measure IN ('received', 'carried_in', 'carried_out')
  AND f.value <> c.value AND r.report_year = 2021
ORDER BY abs(f.value - c.value) DESC, r.organisation, r.report_year;
