"""Names matched to registered bodies: none wrongly, and as many as the page says."""

from bench.names import PAGE, all_cases, table, tally


def test_no_name_is_taken_for_a_body_that_it_is_not_and_the_page_has_the_figures() -> None:
    counts = tally(all_cases())
    assert sum(wrong for *_, wrong in counts.values()) == 0
    own, right = (sum(row[place] for row in counts.values()) for place in (1, 2))
    assert right / own > 0.99
    assert table(counts) in PAGE.read_text("utf-8")
