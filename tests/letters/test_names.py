"""Names of files that every system takes."""

import pytest

from nianbao.letters.names import safe_name, safe_names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("某市教育局", "某市教育局"),
        ('../a:b*"局', "a_b_局"),
        ("某局（甲 乙）. ", "某局（甲_乙）"),
        ("..", "5ec1f7e7"),
    ],
)
def test_signs_that_a_system_refuses_are_replaced(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_is_cut_and_stays_its_own() -> None:
    one, other = safe_name("局" * 200 + "甲"), safe_name("局" * 200 + "乙")
    assert one != other
    assert len(f"整改通知单_{one}.docx") <= 120
    assert len(f".整改通知单_{one}.docx.new".encode()) <= 255


def test_two_bodies_of_one_name_get_two_files() -> None:
    names = safe_names({"o1": "商务局", "o2": "商务局", "o3": "民政局"})
    assert names["o3"] == "民政局"
    assert len(set(names.values())) == 3
