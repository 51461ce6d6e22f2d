-- What bodies work at.
SELECT theme, title_zh, title_en FROM themes ORDER BY theme;
