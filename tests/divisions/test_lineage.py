"""Places through the years: renamed, merged, divided, and what covered them in 2020."""

import pytest

from nianbao.divisions import (
    all_lineages,
    code_in_common_year,
    lineage_of,
    load_divisions,
    load_successions,
    successor_of,
)


@pytest.mark.parametrize(
    ("code", "year", "then"),
    [
        ("371626", 2017, "371626"),
        ("371626", 2018, "371681"),
        ("371681", 2015, "371626"),
        ("542121", 2016, "540302"),
        ("410728", 2019, "410783"),
        ("330103", 2021, None),
    ],
)
def test_a_place_has_the_code_of_each_year(code: str, year: int, then: str | None) -> None:
    lineage = lineage_of(code)
    division = lineage.in_year(year) if lineage else None
    assert (division.code if division else None) == then


@pytest.mark.parametrize(
    ("code", "successor", "kind"),
    [
        ("330103", "330105", "merged"),
        ("330104", "330102", "divided"),
        ("310108", "310106", "merged"),
        ("371200", "370100", "merged"),
        ("320611", "320613", "merged"),
    ],
)
def test_a_place_that_ended_went_into_another(code: str, successor: str, kind: str) -> None:
    lineage = lineage_of(code)
    assert lineage is not None
    after = successor_of(lineage)
    assert after is not None
    assert (any(one.code == successor for one in after[0].divisions), after[1]) == (True, kind)


@pytest.mark.parametrize(
    ("code", "common"),
    [("330103", "330103"), ("310108", "310106"), ("330113", "330110"), ("330114", None),
     ("371626", "371681"), ("350625", "350625"), ("350605", "350625")],
)  # fmt: skip
def test_the_code_of_2020_is_the_one_that_covers_the_place(code: str, common: str | None) -> None:
    lineage = lineage_of(code)
    assert lineage is not None
    assert code_in_common_year(lineage) == common


def test_every_code_that_ended_has_a_successor_but_for_those_that_are_no_divisions() -> None:
    """加格达奇 and its neighbours, and 大柴旦: lists of statistics have them, GB/T 2260 has not."""
    without = {
        one.latest.code for one in all_lineages() if one.last_year and successor_of(one) is None
    }
    assert without == {"232761", "232762", "232763", "232764", "632857"}


def test_successions_join_codes_that_there_are() -> None:
    known = load_divisions()
    for one in load_successions():
        assert any(d.in_force(one.last_year) for d in known[one.code]), one
        for code in one.successors:
            assert any(d.in_force(one.last_year + 1) for d in known[code]), one


def test_every_division_is_in_one_lineage() -> None:
    divisions = [d for one in all_lineages() for d in one.divisions]
    assert len(divisions) == len({*divisions}) == sum(map(len, load_divisions().values()))


@pytest.mark.parametrize(
    ("code", "year", "source"),
    [
        ("110228", 2015, "names"),  # 密云县 to 密云区, beside 延庆县 to 延庆区
        ("120225", 2015, "codes"),  # 蓟县 to 蓟州区: nothing else ended or began there
        ("130502", 2019, "codes"),  # 桥东区 to 襄都区 under the same code
        ("330103", 2020, "unverified"),  # 下城区 into 拱墅区: the lists have that it ended
    ],
)
def test_a_succession_says_what_it_rests_on(code: str, year: int, source: str) -> None:
    [found] = [one for one in load_successions() if (one.code, one.last_year) == (code, year)]
    assert found.source == source
