"""The life of an item: what people may decide, and what a build decides by itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.verdicts.lifecycle import RefusedError, decide, follow
from nianbao.verdicts.model import Event, Judged
from nianbao.verdicts.states import (
    automatic,
    choices,
    followers,
    may_follow,
    needs_reason,
    state_of,
    states,
    title,
)
from support.verdicts import CELLS, START, event, item, seen, verdict

LATER = START + timedelta(days=30)
OTHER = Judged({**CELLS, "a.total": "4"}, "1", "4")
MENDED = Judged({**CELLS, "a.total": "1"})
NEW = {"sha256": "s2", "numbers_digest": "n2"}
SAME_NUMBERS = {"sha256": "s2"}

# State before, what the build finds, state after (None: it stands), and the words that tell why.
FOLLOWS: list[tuple[str, dict[str, Any], str | None, str]] = [
    # A new version that passes closes, whoever has decided what but for a false alarm.
    *((state, {"standing": "passes", "judged": MENDED, **NEW}, "corrected", "3 → 1")
      for state in ("open", "returned", "confirmed", "corrected")),
    ("false_alarm", {"standing": "passes", "judged": MENDED, **NEW}, None, ""),
    # One that does not reopens what was sent back, also where only other numbers were changed.
    ("returned", {"judged": OTHER, **NEW}, "open", "3 → 4"),
    ("returned", NEW, "open", "此项未改"),
    # The same page with another counter in it is no new version.
    ("returned", SAME_NUMBERS, None, ""),
    ("returned", {}, None, ""),
    # A verdict lapses with its cells, and only with them.
    ("confirmed", {"judged": OTHER, **NEW}, "open", "cells changed"),
    ("false_alarm", {"judged": OTHER, **NEW}, "open", "cells changed"),
    ("confirmed", NEW, None, ""),
    ("false_alarm", NEW, None, ""),
    ("confirmed", {"judged": Judged(CELLS, "2", "3"), **NEW}, "open", "1 → 2"),
    ("open", {"judged": OTHER, **NEW}, None, ""),
    # What the same document reads otherwise is not the publisher's doing.
    ("confirmed", {"judged": OTHER}, "open", "识读结果有变"),
    ("returned", {"standing": "passes", "judged": MENDED}, "false_alarm", "重新识读"),
    ("returned", {"standing": "passes", "rule_version": 3}, "false_alarm", "第 2 版 → 第 3 版"),
    ("returned", {"standing": "passes", "rule_version": 3, **SAME_NUMBERS}, "false_alarm", "规则改版"),
    ("confirmed", {"standing": "passes", "rule_version": 3}, None, ""),
    ("returned", {"standing": "passes", **NEW}, "corrected", "另一数据"),
    # Another version of the rule that says the same of the same cells changes nothing.
    ("confirmed", {"rule_version": 3}, None, ""),
    ("confirmed", {"rule_version": 3, "judged": Judged(CELLS, "1.0", "3.0")}, None, ""),
    ("confirmed", {"rule_version": 3, "judged": Judged({"b": "1"}, "1", "3")}, "open", "规则改版"),
    # Said to be corrected: true until the site was fetched and shows the same.
    ("corrected", {}, None, ""),
    ("corrected", {"last_seen_at": LATER}, "open", "网页仍是原来的内容"),
    ("corrected", {"judged": OTHER, **NEW}, "open", "3 → 4"),
    # What can't be told changes nothing.
    *((state, {"standing": standing, **NEW}, None, "")
      for state in ("open", "returned", "corrected", "confirmed", "false_alarm")
      for standing in ("reworded", "not_assessable", "not_asked", "report_gone", "rule_gone")),
]  # fmt: skip


@pytest.mark.parametrize(("state", "found", "after", "why"), FOLLOWS)
def test_what_a_build_decides(
    state: str, found: dict[str, Any], after: str | None, why: str
) -> None:
    decided = follow(event(state), seen(**found), LATER)
    assert (decided.state if decided else None) == after
    if decided:
        assert why in (decided.reason or "")
        assert (decided.who, decided.automatic, decided.step) == ("nianbao", True, 2)
        assert decided.judged_before == event(state).judged


def test_what_a_build_has_closed_and_fails_again_is_open() -> None:
    closed = follow(event("returned"), seen("passes", judged=MENDED, **NEW), LATER)
    assert closed is not None
    again = follow(closed, seen(sha256="s3", numbers_digest="n3"), LATER)
    assert again is not None
    assert (again.state, again.reason) == (
        "open",
        automatic("fails_again", change="a.total 1 → 3")[1],
    )


def test_a_deadline_outlives_what_a_build_decides() -> None:
    returned = event("returned", responsible="一科", due_on=date(2026, 3, 5), remark="请更正")
    decided = follow(returned, seen(judged=OTHER, **NEW), LATER)
    assert decided is not None
    kept = (decided.responsible, decided.due_on, decided.remark)
    assert kept == ("一科", date(2026, 3, 5), "请更正")


STANDINGS = (
    "fails",
    "passes",
    "reworded",
    "not_assessable",
    "not_asked",
    "report_gone",
    "rule_gone",
)
worlds = st.builds(
    seen,
    st.sampled_from(STANDINGS),
    judged=st.sampled_from([Judged(CELLS, "1", "3"), OTHER, MENDED, Judged(quote="话")]),
    rule_version=st.sampled_from([2, 3]),
    sha256=st.sampled_from(["s1", "s2"]),
    numbers_digest=st.sampled_from(["n1", "n2"]),
    last_seen_at=st.sampled_from([None, START, LATER]),
)


@given(st.sampled_from(states()), st.lists(worlds, max_size=4))
def test_a_build_decides_once_whatever_it_finds(state: str, found: list[Any]) -> None:
    last = event(state)
    for world in found:
        decided = follow(last, world, LATER)
        if decided is None:
            continue
        assert decided.reason
        assert decided.step == last.step + 1
        assert follow(decided, world, LATER) is None
        last = decided


said = st.builds(
    verdict,
    st.sampled_from([None, *states()]),
    remark=st.sampled_from([None, "", "原因"]),
    responsible=st.sampled_from([None, "一科"]),
)


@given(st.lists(said, max_size=6))
def test_people_only_go_where_the_table_lets_them(words: list[Any]) -> None:
    last: Event | None = None
    for one in words:
        before = last.state if last else "open"
        after = one.state or before
        fits = after == before or may_follow(before, after)
        if not fits or (after != before and needs_reason(after) and not one.remark):
            with pytest.raises(RefusedError, match=r"not_allowed|reason_missing"):
                decide(last, item(), one)
            continue
        decided = decide(last, item(), one)
        if decided is not None:
            assert decided.state in (before, *followers(before))
            assert decided.step == (last.step if last else 0) + 1
            assert decide(decided, item(), one) is None  # said twice it is nothing new
            last = decided


def test_a_finding_that_nobody_knows_cannot_be_judged() -> None:
    with pytest.raises(RefusedError, match="unknown_item"):
        decide(None, None, verdict("returned"))


@pytest.mark.parametrize("name", ["", " ", "nianbao", " NianBao\u3000"])
def test_nobody_decides_without_a_name_or_under_the_name_of_the_builds(name: str) -> None:
    with pytest.raises(RefusedError, match="no_author"):
        decide(None, item(), verdict("returned", who=name))


def test_what_is_not_found_any_more_can_still_be_settled() -> None:
    decided = decide(event("returned"), None, verdict("false_alarm"))
    assert decided is not None
    assert (decided.state, decided.judged) == ("false_alarm", event("returned").judged)


def test_every_word_of_the_form_is_a_state() -> None:
    assert {state_of(word) for word in choices()} == set(states())
    assert [title(state) for state in states()] == ["待核", "已退回", "已更正", "情况属实", "误报"]
    assert state_of(" 误 报\n") == "false_alarm"
    assert state_of("同意") is None
