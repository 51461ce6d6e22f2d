-- What the measures and rates are called.
SELECT measure, title_zh, title_en, unit, family, note_zh, note_en FROM measures ORDER BY measure;
