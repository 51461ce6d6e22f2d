"""Text that a spreadsheet would run gets an apostrophe, which can be taken away again."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.export.neutral import PATTERN, neutralised, restored

texts = st.text(alphabet="=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20a1 一", max_size=6) | st.text()


@given(texts)
def test_the_text_comes_back(text: str) -> None:
    assert restored(neutralised(text)) == text


@given(texts)
def test_nothing_begins_as_a_formula(text: str) -> None:
    assert not neutralised(text).startswith(tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"))


@given(st.text(alphabet="年报0123456789 abc"))
def test_other_texts_stay(text: str) -> None:
    assert neutralised(text) == text


@pytest.mark.parametrize("text", ["=1", "''=1", "'a", "", " =1", "-", "\uff1d1", "\t", "一"])
def test_the_database_decides_alike(text: str) -> None:
    with duckdb.connect() as con:
        found = con.execute("SELECT regexp_matches(?, ?)", [text, PATTERN]).fetchone()
    assert found == (neutralised(text) != text,)
