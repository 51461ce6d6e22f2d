"""Labels that are nobody's own are given a row by their place, and never another's row."""

import pytest

from nianbao.forms import load_form
from nianbao.reports.match import match_rows
from nianbao.reports.text import label_key

TABLE = load_form("2014").table("statistics")
ROWS = [label_key(row.zh) for row in TABLE.rows]
GAZETTE = next(i for i, row in enumerate(TABLE.rows) if row.code == "channels.gazette")


def found(labels: list[str]) -> dict[str, str]:
    return {match.label: match.row.code for match in match_rows(labels, TABLE)}


@pytest.mark.parametrize("misprint", ["1.政府公报公开政府某息数", "1.政府公极公开政府信息数"])
def test_a_misprinted_label_is_read_by_its_place(misprint: str) -> None:
    labels = [*ROWS[:GAZETTE], label_key(misprint), *ROWS[GAZETTE + 1 :]]
    assert found(labels)[label_key(misprint)] == "channels.gazette"


def test_a_caption_and_a_row_not_printed_do_not_shift_a_misprint_by_one() -> None:
    misprint = label_key("1.政府公报公开政府某息数")
    caption = label_key("（二）通过不同渠道和方式公开政府信息的情况")
    labels = [*ROWS[:GAZETTE], caption, misprint, *ROWS[GAZETTE + 2 :]]
    assert found(labels).get(misprint) in (None, "channels.gazette")
