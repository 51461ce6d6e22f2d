-- Every name that a report prints, with the agency and the portal under which a list led to it.
SELECT DISTINCT p.organisation, l.lead_agency, l.portal_id
FROM parsed_parts p JOIN log_parts l USING (sha256)
WHERE p.organisation IS NOT NULL AND l.purpose = 'report'
ORDER BY ALL
