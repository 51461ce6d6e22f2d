-- Reports with their timing, then what is owed and not there.

-- The first day on which a report was public: a later version or a page that was moved and stamped
-- anew makes no report late, nor does a date that a site gave to many years' reports at once.
CREATE TEMP TABLE listed_days AS
SELECT sha256, min(try_cast(lead_published_on AS DATE)) AS listed_on
FROM log_parts WHERE purpose = 'report' AND sha256 IS NOT NULL GROUP BY sha256;

CREATE TEMP TABLE days AS
SELECT report_id, org_id, report_year, scope, portal_id,
       try_cast(v.published_on AS DATE) AS printed_on, listed_on,
       (first_seen_at + INTERVAL 8 HOUR)::DATE AS seen_on
FROM report_versions v LEFT JOIN listed_days USING (sha256);

CREATE TEMP TABLE stamped AS
SELECT portal_id, printed_on FROM days WHERE printed_on IS NOT NULL
GROUP BY ALL HAVING count(DISTINCT report_id) >= 5 AND count(DISTINCT report_year) >= 3;

CREATE TEMP TABLE published AS
SELECT report_id, org_id, report_year, scope,
       min(least(if(s.printed_on IS NULL AND d.printed_on >= make_date(report_year, 12, 1), d.printed_on, NULL),
                 if(s.printed_on IS NULL AND listed_on >= make_date(report_year, 12, 1), listed_on, NULL))) AS told_on,
       min(seen_on) AS seen_on,
       bool_or(s.printed_on IS NOT NULL) AS is_stamped,
       bool_or(coalesce(d.printed_on, listed_on) < make_date(report_year, 12, 1)) AS is_early
FROM days d LEFT JOIN stamped s USING (portal_id, printed_on)
GROUP BY ALL;

INSERT INTO coverage BY NAME
SELECT p.org_id, o.name AS organisation, p.report_year, p.scope, p.report_id,
       CASE WHEN told_on IS NULL AND seen_on > deadline THEN NULL
            ELSE least(told_on, seen_on) END AS published_on,
       u.deadline, u.basis,
       CASE WHEN u.deadline IS NULL THEN 'not_due'
            WHEN least(told_on, seen_on) <= u.deadline THEN 'on_time'
            WHEN told_on IS NULL THEN 'date_unknown'
            ELSE 'late' END AS status,
       CASE WHEN u.deadline IS NULL THEN 'no_rule'
            WHEN told_on IS NULL AND seen_on > u.deadline THEN
                CASE WHEN is_stamped THEN 'stamped_anew' WHEN is_early THEN 'date_before_the_end_of_the_year'
                     ELSE 'no_date' END
       END AS reason,
       b.obliged_by, r.portal_id, t.as_of
FROM published p
JOIN organisations o USING (org_id)
JOIN bodies b USING (org_id)
JOIN report_versions r ON r.report_id = p.report_id AND r.is_current
LEFT JOIN due u ON (u.org_id, u.report_year, u.scope) = (p.org_id, p.report_year, p.scope)
CROSS JOIN today t
ORDER BY p.org_id, p.report_year, p.scope;

-- Owed and not there. A government that published for its own level and not for its territory has
-- published: both are its report.
CREATE TEMP TABLE missing AS
SELECT w.org_id, w.report_year, w.scope, w.obliged_by, w.excuse, u.deadline, u.basis,
       v.org_id IS NOT NULL AS has_other
FROM owed w
LEFT JOIN due u USING (org_id, report_year, scope)
LEFT JOIN (SELECT DISTINCT org_id, report_year FROM report_versions) v USING (org_id, report_year)
ANTI JOIN report_versions x
  ON (x.org_id, x.report_year, x.scope = 'agency') = (w.org_id, w.report_year, w.scope = 'agency');

-- For each portal where the report would be: the last harvest that proves something, or its page.
CREATE TEMP TABLE looked AS
SELECT m.org_id, m.report_year, m.scope, s.portal_id,
       greatest(if(h.began_on > m.deadline, h.began_on, NULL),
                if(a.began_on > m.deadline, a.began_on, NULL)) AS by_list_on,
       greatest(if(h.began_on > m.deadline, h.began_at, NULL),
                if(a.began_on > m.deadline, a.began_at, NULL)) AS began_at,
       if(e.checked_on > m.deadline, e.checked_on, NULL) AS by_page_on
FROM missing m
JOIN body_portals s USING (org_id)
LEFT JOIN whole_harvests h ON (h.portal_id, h.report_year) = (s.portal_id, m.report_year)
LEFT JOIN (FROM whole_harvests WHERE report_year IS NULL) a ON a.portal_id = s.portal_id
LEFT JOIN empty_pages e
  ON (e.portal_id, e.org_id, e.report_year) = (s.portal_id, m.org_id, m.report_year)
WHERE m.excuse IS NULL AND m.deadline IS NOT NULL;

-- What speaks against absence. "Equal, or unknown on one side" is no key of a join: each side is
-- written once for every key under which the other may ask for it, which keeps all of this linear.
CREATE TEMP TABLE unreadable AS
SELECT k.org_id, k.report_year, k.scope, k.portal_id, max(x.last_at) AS last_at
FROM (
    SELECT *, unnest([report_year, 0]) AS in_year
    FROM (SELECT *, unnest([org_id, '?']) AS of_body FROM looked)
) k
JOIN suspects x
  ON (x.portal_id, x.org_id, x.report_year) = (k.portal_id, k.of_body, k.in_year)
GROUP BY ALL;

CREATE TEMP TABLE misdated AS
SELECT DISTINCT v.org_id, l.lead_report_year AS report_year
FROM report_versions v JOIN latest l USING (sha256);

-- Reports of bodies that nobody declared, by theme and division: '?' is unknown, '*' is any.
CREATE TEMP TABLE strangers AS
WITH kinds AS (
    SELECT DISTINCT portal_id, report_year, theme, division
    FROM report_versions JOIN organisations USING (org_id) WHERE NOT registered
)
SELECT DISTINCT portal_id, report_year, theme, unnest([coalesce(division, '?'), '*']) AS division
FROM (SELECT * REPLACE (unnest([coalesce(theme, '?'), '*']) AS theme) FROM kinds);

CREATE TEMP TABLE namesakes AS
SELECT DISTINCT k.org_id, k.report_year, k.portal_id
FROM (
    SELECT * REPLACE (unnest(if(division IS NULL, ['*'], [division, '?'])) AS division)
    FROM (
        SELECT k.org_id, k.report_year, k.portal_id, o.division,
               unnest(if(o.theme IS NULL, ['*'], [o.theme, '?'])) AS theme
        FROM looked k JOIN organisations o USING (org_id)
    )
) k
JOIN strangers USING (portal_id, report_year, theme, division);

-- The newest harvest of each portal, for what went wrong with it.
CREATE TEMP TABLE last_harvest AS
SELECT h.*, a.run_id IS NOT NULL AS is_done
FROM harvests h LEFT JOIN (SELECT DISTINCT portal_id, run_id FROM asked) a USING (portal_id, run_id)
QUALIFY row_number() OVER (PARTITION BY portal_id ORDER BY began_at DESC) = 1;

CREATE TEMP TABLE verdicts AS
SELECT k.org_id, k.report_year, k.scope, k.portal_id,
       coalesce(by_list_on, by_page_on) AS checked_on,
       CASE WHEN p.portal_id IS NULL THEN 'no_portal'
            WHEN p.family = 'inbox' THEN 'inbox'
            WHEN NOT p.enabled THEN 'portal_disabled'
            WHEN NOT p.is_harvested THEN 'never_harvested'
            WHEN p.has_lists AND by_list_on IS NULL THEN
                CASE WHEN h.is_refused THEN 'refused_by_robots'
                     WHEN h.is_blocked THEN 'blocked'
                     WHEN h.is_broken THEN 'list_failed'
                     WHEN NOT h.is_done THEN 'harvest_not_finished'
                     ELSE 'not_harvested_since_deadline' END
            WHEN p.has_lists AND NOT (p.is_empty OR list_contains(p.empty_years, k.report_year))
                 AND NOT coalesce(k.report_year BETWEEN p.first_year AND p.last_year, false)
                THEN 'year_not_covered'
            WHEN NOT p.has_lists AND by_page_on IS NULL THEN 'page_not_answered'
            WHEN x.last_at >= coalesce(k.began_at, x.last_at) THEN 'unread_document'
            WHEN y.org_id IS NOT NULL THEN 'prints_another_year'
            WHEN n.org_id IS NOT NULL THEN 'maybe_under_another_name'
       END AS reason
FROM looked k
LEFT JOIN reach p USING (portal_id)
LEFT JOIN last_harvest h USING (portal_id)
LEFT JOIN unreadable x USING (org_id, report_year, scope, portal_id)
LEFT JOIN misdated y USING (org_id, report_year)
LEFT JOIN namesakes n USING (org_id, report_year, portal_id);

-- Absent only where each of its portals proves it.
CREATE TEMP TABLE judged AS
SELECT org_id, report_year, scope, bool_and(reason IS NULL) AS is_absent,
       min({'portal_id': portal_id, 'reason': reason, 'checked_on': checked_on})
           FILTER (reason IS NOT NULL) AS doubt,
       min(portal_id) AS portal_id, min(checked_on) AS checked_on
FROM verdicts GROUP BY org_id, report_year, scope;

-- The regulation (article 49) makes every administrative organ report. But of a body that only reports
-- name nobody can say that it is one, or that it was still there: it may have been merged, renamed, or
-- misread. So it is `not_seen` for the years without a report, with the reason `on_no_roster`, and no
-- share of those obliged may count it.
INSERT INTO coverage BY NAME
SELECT m.org_id, o.name AS organisation, m.report_year, m.scope, m.deadline, m.basis,
       CASE WHEN m.excuse IS NOT NULL OR m.deadline IS NULL OR t.as_of <= m.deadline THEN 'not_due'
            WHEN m.obliged_by <> 'none' AND NOT m.has_other AND j.is_absent THEN 'absent'
            ELSE 'not_seen' END AS status,
       CASE WHEN m.excuse IS NOT NULL THEN m.excuse
            WHEN m.deadline IS NULL THEN 'no_rule'
            WHEN t.as_of <= m.deadline THEN 'before_the_deadline'
            WHEN m.obliged_by = 'none' THEN 'on_no_roster'
            WHEN m.has_other THEN 'another_scope'
            WHEN j.is_absent THEN NULL
            ELSE coalesce(j.doubt.reason, 'no_portal') END AS reason,
       m.obliged_by, coalesce(j.doubt.portal_id, j.portal_id) AS portal_id, j.checked_on, t.as_of
FROM missing m
JOIN organisations o USING (org_id)
LEFT JOIN judged j USING (org_id, report_year, scope)
CROSS JOIN today t
ORDER BY m.org_id, m.report_year, m.scope;
