-- One row per report, one column per cell, for each form.
--
-- The stored tables behind them are the contract with whoever asks about many cells of many reports,
-- the rules first: `form_values_2014`, `form_values_2019` and `form_values_2021` have
--   version   INTEGER     the version, see report_versions (`is_current` marks the one that counts)
--   <code>    DOUBLE      one column per cell of the form, optional ones included, in the form's order,
--                         dots as underscores; null where no number was printed and read
--   unread    SMALLINT[]  places (from one, in the form's order) of cells that are `text` or `missing`,
--                         or asked for and not there at all; null where there are none. Any other null
--                         is a blank or a dash.
-- They are filled with the cells, sorted by version, and complete before any check runs. Decimals of
-- four places are exact up to 9e11. Codes and places are in `form_cells` too.

CREATE VIEW wide_2014 AS
SELECT v.report_id, v.org_id, o.name AS organisation, v.report_year, v.scope, w.* EXCLUDE (version, unread)
FROM form_values_2014 w JOIN report_versions v USING (version) JOIN organisations o USING (org_id)
WHERE v.is_current;

CREATE VIEW wide_2019 AS
SELECT v.report_id, v.org_id, o.name AS organisation, v.report_year, v.scope, w.* EXCLUDE (version, unread)
FROM form_values_2019 w JOIN report_versions v USING (version) JOIN organisations o USING (org_id)
WHERE v.is_current;

CREATE VIEW wide_2021 AS
SELECT v.report_id, v.org_id, o.name AS organisation, v.report_year, v.scope, w.* EXCLUDE (version, unread)
FROM form_values_2021 w JOIN report_versions v USING (version) JOIN organisations o USING (org_id)
WHERE v.is_current;
