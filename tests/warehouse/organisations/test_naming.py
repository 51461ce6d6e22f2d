"""Kind, theme, level and place of bodies, against what a person says of each name."""

import csv
from pathlib import Path

import pytest

from nianbao.warehouse.organisations.classify import kind_of, level_of, theme_of, themes
from nianbao.warehouse.organisations.naming import body_of, canonical

ROWS = list(csv.DictReader((Path(__file__).parent / "names.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']}@{row['site']}")
def test_a_name_says_what_a_person_reads_in_it(row: dict[str, str]) -> None:
    body = body_of(row["name"], row["site"])
    kind = kind_of(body.core)
    found = {
        "kind": kind,
        "theme": theme_of(body.core),
        "level": level_of(body.core, kind, body.place.code),
        "division": body.place.code,
    }
    assert {key: value or "" for key, value in found.items()} == {
        key: row[key] for key in ("kind", "theme", "level", "division")
    }


def test_there_are_enough_names_and_every_common_theme_is_among_them() -> None:
    assert len(ROWS) >= 150
    assert len({row["theme"] for row in ROWS}) >= 45
    assert {row["theme"] for row in ROWS if row["theme"]} <= {theme.code for theme in themes()}


@pytest.mark.parametrize(
    "names",
    [
        ("住建局", "住房和城乡建设局", "住房城乡建设局"),
        ("工信局", "工业和信息化局"),
        ("政府办公室", "人民政府办公室", "人民政府办公厅"),
        ("发改委", "发展和改革委员会", "发展与改革委员会"),
        ("高新区管委会", "高新区管理委员会"),
        ("新城街道", "新城街道办", "新城街道办事处"),
    ],
)
def test_writings_of_one_name_come_out_the_same(names: tuple[str, ...]) -> None:
    assert len({canonical(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人民政府", "人民政府办公室"),
        ("农业局", "农业农村局"),
        ("教育局", "教育体育局"),
        ("和庄镇人民政府", "庄镇人民政府"),
        ("卫生健康局", "卫生健康委员会"),
    ],
)
def test_other_bodies_stay_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)
