-- Who a body is.
SELECT o.org_id, o.name, o.credit_code, o.kind, o.theme, o.level, o.division, o.registered,
    o.parent_org_id, p.name AS parent,
    (SELECT list(DISTINCT n.name ORDER BY n.name) FROM organisation_names n
     WHERE n.org_id = o.org_id AND n.name <> o.name) AS other_names
FROM organisations o LEFT JOIN organisations p ON p.org_id = o.parent_org_id
WHERE o.org_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY o.org_id;
