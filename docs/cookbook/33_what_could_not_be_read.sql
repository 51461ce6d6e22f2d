-- zh: 哪些文件没有读成报告，为什么？
-- en: Which documents gave no report, and why?
-- mind: Such a document may hold a report that is then missing from every series: see it before you call a body silent.
SELECT code, count(*) AS documents, any_value(message) AS for_example, any_value(source_url) AS source_url
FROM quarantine
GROUP BY code
ORDER BY documents DESC, code;
