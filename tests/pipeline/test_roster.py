"""Rosters as files: read from what offices save, stored, and read by every build."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from nianbao.errors import ConfigurationError
from nianbao.pipeline.roster import add_deadlines, add_roster, check_roster, known_bodies
from nianbao.settings import Settings
from support.office_writer import OFFICE, written

CODE = "11370983004351377Y"
ROWS = (
    ("单位名称", "统一社会信用代码", "行政区划代码", "起始年度"),
    ("肥城市住房和城乡建设局", CODE, "370983", "2019"),
    ("肥城市商务局", "", "370983", "2014"),
)
TEXT = "\n".join(",".join(row) for row in ROWS)
HAS_CALC = OFFICE is not None and (Path(OFFICE).resolve().parent / "libsclo.so").exists()
NAMES = ["肥城市住房和城乡建设局", "肥城市商务局"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", portals_dir=tmp_path / "none")


def saved(folder: Path, data: bytes, name: str = "departments.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_file_is_read_in_each_encoding(
    settings: Settings, tmp_path: Path, encoding: str
) -> None:
    roster = check_roster(settings, saved(tmp_path, TEXT.encode(encoding)))
    assert [entry.name for entry in roster.entries] == NAMES
    assert not roster.problems


EXPECTED = [(NAMES[0], CODE, 2019), (NAMES[1], None, 2014)]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_workbook_is_read(settings: Settings, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"departments.{kind}"
    (by_openpyxl if kind == "xlsx" else by_xlwt)(path)
    assert read(settings, path) == EXPECTED


@pytest.mark.skipif(not HAS_CALC, reason="LibreOffice's Calc is not on this machine")
def test_a_workbook_as_an_office_saves_it_is_read(settings: Settings, tmp_path: Path) -> None:
    [data] = written([flat_workbook(ROWS)], "fods", "xlsx")
    assert read(settings, saved(tmp_path, data, "departments.xlsx")) == EXPECTED


def read(settings: Settings, path: Path) -> list[tuple[str, str | None, int | None]]:
    roster = check_roster(settings, path)
    return [(one.name, one.credit_code, one.obliged_from) for one in roster.entries]


def by_openpyxl(path: Path) -> None:
    """Write numbers as numbers, as people do."""
    book = Workbook()
    for row in ROWS:
        book.active.append(
            [int(text) if len(text) in {4, 6} and text.isdigit() else text for text in row]
        )
    book.save(path)


def by_xlwt(path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("a")
    for top, row in enumerate(ROWS):
        for left, text in enumerate(row):
            sheet.write(top, left, text)
    book.save(str(path))


def test_a_stored_roster_is_what_every_build_reads(settings: Settings, tmp_path: Path) -> None:
    place = add_roster(settings, saved(tmp_path, TEXT.encode("gbk")))
    assert place.parent == settings.roster_root
    entries = known_bodies(settings).roster
    assert [(one.name, one.source) for one in entries] == [
        (NAMES[0], "departments.csv:2"),
        (NAMES[1], "departments.csv:3"),
    ]


def test_a_roster_with_an_error_is_not_stored(settings: Settings, tmp_path: Path) -> None:
    wrong = saved(tmp_path, TEXT.replace(CODE, CODE[:-1] + "X").encode())
    with pytest.raises(ConfigurationError, match="line 2: credit code"):
        add_roster(settings, wrong)
    assert not settings.roster_root.exists()


def test_a_stored_roster_is_only_replaced_when_asked(settings: Settings, tmp_path: Path) -> None:
    path = saved(tmp_path, TEXT.encode())
    add_roster(settings, path)
    with pytest.raises(ConfigurationError, match="--replace"):
        add_roster(settings, path)
    add_roster(settings, path, replace=True)


def test_a_stored_roster_that_was_broken_by_hand_stops_the_build(
    settings: Settings, tmp_path: Path
) -> None:
    place = add_roster(settings, saved(tmp_path, TEXT.encode()))
    place.write_text(place.read_text("utf-8").replace("370983", "370999"), "utf-8")
    with pytest.raises(ConfigurationError, match="370999"):
        known_bodies(settings)


def test_local_deadlines_are_stored_beside_the_rosters(settings: Settings, tmp_path: Path) -> None:
    head = "first_year,last_year,kind,level,place,scope,month,day,basis"
    rule = f"{head}\n2019,,township,,3709,,1,31,某市通知\n"
    assert add_deadlines(settings, saved(tmp_path, rule.encode("gbk"), "rules.csv")) == 1
    assert known_bodies(settings).deadlines[0]["place"] == "3709"
    assert not known_bodies(settings).roster


def flat_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook as LibreOffice's flat XML, each cell a text."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(
        f"<table:table-row>{''.join(cell.format(escape(text)) for text in row)}</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>'
        f'<office:spreadsheet><table:table table:name="a">{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document>"
    ).encode()
