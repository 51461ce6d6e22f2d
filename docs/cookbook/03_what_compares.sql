-- zh: 哪些指标可以从2014年表比到2019年表，为什么？
-- en: Which measures compare from the form of 2014 to that of 2019, and why not the others?
-- mind: exact and approximate share one column over the years; none has a column of its own on one side.
-- mind: approximate means a step in the definition: draw it, and say so.
SELECT m.family, c.measure, m.title_zh, c.comparability, c.note, c.note_zh
FROM comparability c JOIN measures m USING (measure)
WHERE c.from_form = '2014' AND c.to_form = '2019' AND c.note IS NOT NULL
  AND m.family IN ('applications', 'outcomes', 'reviews')
ORDER BY c.comparability, m.family, c.measure;
