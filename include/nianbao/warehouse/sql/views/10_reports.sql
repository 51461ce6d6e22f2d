-- The views an analyst may rely on. Everything of superseded versions stays behind `report_versions`.

CREATE VIEW reports AS
SELECT v.* EXCLUDE (is_live, is_current, organisation), o.name AS organisation,
       v.organisation AS organisation_printed
FROM report_versions v JOIN organisations o USING (org_id)
WHERE v.is_current;

CREATE VIEW report_cells AS
SELECT c.*
FROM cells c JOIN report_versions v USING (report_id, sha256, ordinal)
WHERE v.is_current;

CREATE VIEW report_sections AS
SELECT s.*
FROM sections s JOIN report_versions v USING (report_id, sha256, ordinal)
WHERE v.is_current;

CREATE VIEW narrative_facts AS
SELECT f.*
FROM facts f JOIN report_versions v USING (report_id, sha256, ordinal)
WHERE v.is_current;

CREATE VIEW findings AS
SELECT f.*
FROM version_findings f JOIN report_versions v USING (report_id, sha256, ordinal)
WHERE v.is_current;
