-- Every name that a report prints, with the agency under which a list led to it.
SELECT DISTINCT p.organisation, l.lead_agency
FROM parsed_parts p JOIN log_parts l USING (sha256)
WHERE p.organisation IS NOT NULL AND l.purpose = 'report'
ORDER BY ALL
