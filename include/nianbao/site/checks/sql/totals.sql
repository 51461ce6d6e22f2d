-- Reports and checks of the whole.
SELECT coalesce(sum(reports), 0)::BIGINT AS reports, coalesce(sum(bodies), 0)::BIGINT AS bodies,
    coalesce(sum(with_errors), 0)::BIGINT AS with_errors,
    coalesce(sum(with_warnings), 0)::BIGINT AS with_warnings, coalesce(sum(with_gaps), 0)::BIGINT AS with_gaps,
    coalesce(sum(unchecked), 0)::BIGINT AS unchecked, coalesce(sum(errors), 0)::BIGINT AS errors,
    coalesce(sum(warnings), 0)::BIGINT AS warnings, coalesce(sum(infos), 0)::BIGINT AS infos,
    coalesce(sum(not_assessable), 0)::BIGINT AS not_assessable, coalesce(sum(passed), 0)::BIGINT AS passed
FROM report_tally;
