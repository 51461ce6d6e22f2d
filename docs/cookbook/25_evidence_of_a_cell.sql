-- zh: 一个数字的依据：原文印的是什么，在文件的哪里？
-- en: What is the evidence for one number: what is printed, and where in the document?
-- mind: label and heading are the words as printed, source_place the place in the file itself (the path in a web page, page and box on paper, sheet and cell).
-- mind: matched is not null where the row's label is not the form's own.
SELECT r.organisation, r.report_year, c.code, c.raw, c.kind, c.value, c.label, c.heading, c.matched,
    c.location, c.source_place, r.source_url, r.sha256
FROM report_cells c JOIN reports r USING (report_id)
WHERE r.organisation = '肥城市商务局' AND r.report_year = 2022
  AND c.code IN ('applications.received.total', 'applications.closed_total.total')
ORDER BY c.code;
