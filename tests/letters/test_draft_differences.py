"""Which cells of a draft and of what was published are not alike, and how that is called."""

from importlib.resources import files

import duckdb
import pytest

NUMBER, AMOUNT = ("3", "number", 3, None), ("3万元", "number", 3, "万元")
FIGURES = ("3.00", "number", 3, None)
OTHER, ZERO = ("4", "number", 4, None), ("0", "number", 0, None)
BLANK, DASH, ABSENT = ("", "blank", None, None), ("/", "dash", None, None), None
MISSING = ("", "missing", None, None)
WORDS, WORDS_SPACED, OTHER_WORDS = (
    (text, "text", None, None) for text in ("见附件", "见附件 ", "详见附件")
)
Cell = tuple[str, str, int | None, str | None] | None


@pytest.mark.parametrize(
    ("draft", "published", "change"),
    [
        (NUMBER, NUMBER, None),
        (NUMBER, FIGURES, None),
        (BLANK, BLANK, None),
        (MISSING, ABSENT, None),
        (WORDS, WORDS_SPACED, None),
        (NUMBER, OTHER, "number"),
        (NUMBER, AMOUNT, "unit"),
        (BLANK, ZERO, "blank_to_zero"),
        (DASH, ZERO, "blank_to_zero"),
        (ZERO, BLANK, "zero_to_blank"),
        (ZERO, ABSENT, "row_gone"),
        (ABSENT, ZERO, "row_new"),
        (NUMBER, BLANK, "emptied"),
        (BLANK, NUMBER, "filled"),
        (BLANK, DASH, "wording"),
        (WORDS, OTHER_WORDS, "wording"),
    ],
)
def test_a_cell_is_compared_by_what_it_means(
    draft: Cell, published: Cell, change: str | None
) -> None:
    found = differences({"d": draft}, published)
    assert found == ([("d", change)] if change else [])


def test_two_drafts_of_one_report_keep_their_cells_apart() -> None:
    assert differences({"old": OTHER, "new": NUMBER}, NUMBER) == [("old", "number")]


def differences(drafts: dict[str, Cell], published: Cell) -> list[tuple[str, str]]:
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE draft_matches AS SELECT unnest(?) AS report_id, 'p' AS published_id,"
            " '2021' AS form, 'comparable' AS state",
            [list(drafts)],
        )
        con.execute(
            "CREATE TABLE cell_dictionary(code TEXT, form TEXT, section_zh TEXT, row_zh TEXT,"
            " column_zh TEXT)"
        )
        con.execute("CREATE TABLE form_cells(code TEXT, form TEXT, place INT)")
        for name, cells in (("draft_cells", drafts), ("public_cells", {"p": published})):
            con.execute(
                f"CREATE TABLE {name}(report_id TEXT, code TEXT, raw TEXT, kind TEXT,"
                " value DECIMAL(18, 4), unit TEXT)"
            )
            for report, cell in cells.items():
                if cell is not None:
                    con.execute(f"INSERT INTO {name} VALUES (?, 'c', ?, ?, ?, ?)", [report, *cell])
        con.execute(
            "CREATE MACRO cells_of(ids) AS TABLE FROM public_cells"
            " WHERE report_id IN (SELECT unnest(ids))"
        )
        sql = (files("nianbao.letters") / "sql" / "draft_differences.sql").read_text("utf-8")
        return con.execute(f"SELECT report_id, change FROM ({sql.rstrip().rstrip(';')})").fetchall()
