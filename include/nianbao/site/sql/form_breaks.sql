-- Where the official form changed: the measures of both forms that can't be compared, or only roughly.
SELECT measure, from_form, to_form, comparability, note AS note_en, note_zh
FROM comparability c
WHERE comparability <> 'exact' AND (
    measure IN (SELECT measure FROM measure_cells m WHERE m.form = c.from_form)
    OR measure NOT IN (SELECT measure FROM measure_cells))
ORDER BY measure, from_form, to_form;
