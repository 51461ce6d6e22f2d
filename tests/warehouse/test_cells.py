"""What goes into the compact tables comes out of the views, character by character."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.errors import BuildError
from nianbao.forms import load_forms
from nianbao.reports.parsed import CELLS
from nianbao.warehouse.cells.numbering import KINDS, form_numbers
from support.stored_cells import Cell, stored

FIELDS = [field.name for field in CELLS.value_type]
ODD = [
    "",
    "0",
    "00",
    "-0",
    "３",
    "1,234",
    "3.50",
    "3.5",
    " 5",
    "0 件",
    "22（其中修订16件）",
    "=",
    ".r1",
    "无",
]
TEXTS = st.none() | st.sampled_from(ODD) | st.text(max_size=6)
PLACES = st.sampled_from(
    ["", "t1.r2.c3", "t2.r2.c3", "t1.r2", "t12.r3.c1", ".r1.c1", "=t1.r1", "p3"]
)
PATHS = st.none() | st.sampled_from(
    [
        "body > table:nth-child(2) > tbody > tr:nth-child(3) > td:nth-child(1)",
        "body > table:nth-child(4) > tbody > tr:nth-child(3) > td:nth-child(1)",
        "page 1, box 203 311 322 326",
        "Sheet1!B7",
        " > tr:nth-child(1)",
        "=x",
        "",
    ]
)
VALUES = (
    st.none()
    | st.decimals(
        min_value=Decimal("-99999999999999.9999"),
        max_value=Decimal("99999999999999.9999"),
        places=4,
    )
    | st.integers(-5, 1000).map(Decimal)
)


@st.composite
def a_cell(draw: st.DrawFn, code: str) -> Cell:
    value = draw(VALUES)
    plain = (
        ""
        if value is None
        else f"{value:f}".rstrip("0").rstrip(".")
        if value % 1
        else f"{int(value)}"
    )
    return {
        "code": code,
        "raw": draw(st.just(plain) | TEXTS.filter(lambda text: text is not None)),
        "kind": draw(st.sampled_from(KINDS)),
        "value": value,
        "unit": draw(st.none() | TEXTS),
        "note": draw(st.none() | TEXTS),
        "matched": draw(st.sampled_from([None, "alias", "position"])),
        "label": draw(TEXTS),
        "heading": draw(TEXTS),
        "location": draw(PLACES),
        "source_place": draw(PATHS),
    }


@st.composite
def some_reports(draw: st.DrawFn) -> list[tuple[str, list[Cell]]]:
    reports = []
    for form in draw(st.lists(st.sampled_from(list(load_forms())), min_size=1, max_size=4)):
        codes = list(load_forms()[form].cells)
        chosen = draw(st.lists(st.sampled_from(codes), max_size=6, unique=True))
        reports.append((form, [draw(a_cell(code)) for code in chosen]))
    # The same again: what is seen a second time is a layout, and must say the same.
    return reports + reports


def shown(cells: list[Cell]) -> list[Cell]:
    kept = [{name: cell[name] for name in FIELDS} for cell in cells]
    return sorted(kept, key=lambda cell: cell["code"])


@settings(max_examples=10, deadline=None)
@given(some_reports())
def test_what_was_read_is_what_the_view_shows(reports: list[tuple[str, list[Cell]]]) -> None:
    for (_, cells), found in zip(reports, stored(reports), strict=True):
        assert shown(found) == shown(cells)


def whole_report(form: str = "2019", table: int = 2, **changes: object) -> list[Cell]:
    empty = dict.fromkeys(FIELDS)
    return [
        {
            **empty,
            "code": code,
            "raw": "0",
            "kind": "number",
            "value": Decimal(0),
            "label": cell.row.zh,
            "heading": cell.column.zh,
            "location": f"t{table}.r{place}.c2",
            "source_place": f"body > table:nth-child({table}) > tr:nth-child({place}) > td",
            **changes,
        }
        for place, (code, cell) in enumerate(load_forms()[form].cells.items())
    ]


def test_what_documents_print_alike_is_kept_once() -> None:
    reports = [("2019", whole_report(table=number)) for number in (1, 2, 3)]
    query = "SELECT count(DISTINCT version) AS odd FROM odd_cells"
    assert stored(reports, query) == [[{"odd": 0}]]


def test_one_misprint_does_not_cost_the_other_tables_their_layout() -> None:
    odd = whole_report()
    odd[30]["label"] = "一、本年薪收政府信息公开申请数量"
    reports = [("2019", whole_report()), ("2019", whole_report()), ("2019", odd)]
    lists = "SELECT list(wording ORDER BY wording)[:2] AS w FROM version_parts GROUP BY version"
    query = f"{lists} ORDER BY 1 LIMIT 1"
    [[row]] = stored(reports, query)
    assert row["w"][0] == 0
    assert row["w"][1] > 0


def test_hashes_alone_never_decide_that_two_documents_print_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "nianbao.warehouse.cells.layouts._fingerprints", lambda hashes: hashes[:, 0] * 0
    )
    reports = [("2019", whole_report(label=f"{n // 2}")) for n in range(4)]
    for (_, cells), found in zip(reports, stored(reports), strict=True):
        assert shown(found) == shown(cells)


def test_a_code_that_no_form_has_stops_the_build() -> None:
    cell = {**dict.fromkeys(FIELDS), "code": "applications.invented", "raw": "", "kind": "blank"}
    with pytest.raises(BuildError, match=r"no cell 'applications\.invented'"):
        stored([("2019", [cell])])


def test_a_cell_listed_twice_stops_the_build() -> None:
    first = whole_report()[0]
    with pytest.raises(BuildError, match="twice"):
        stored([("2019", [first, first])])


def test_the_wide_table_has_every_number_and_says_what_was_not_read() -> None:
    cells = whole_report("2021")
    cells[0] |= {"value": Decimal("2.5"), "raw": "2.5"}
    cells[1] |= {"value": None, "raw": "?", "kind": "text"}
    cells[2] |= {"value": None, "raw": "", "kind": "blank"}
    columns = ", ".join(form_numbers()["2021"].columns[:3])
    [[row]] = stored([("2021", cells)], f"SELECT {columns}, unread FROM form_values_2021")
    assert list(row.values()) == [2.5, None, None, [2]]


def test_layouts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nianbao.warehouse.cells.layouts._MOST", 1)
    reports = [("2019", whole_report(label=f"{n // 2}")) for n in range(6)]
    for (_, cells), found in zip(reports, stored(reports), strict=True):
        assert shown(found) == shown(cells)
