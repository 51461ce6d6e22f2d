-- The name of a place today, or the one that it had last.
SELECT name FROM divisions WHERE code = $place OR name = $place
ORDER BY last_year DESC NULLS FIRST, code, name LIMIT 1;
