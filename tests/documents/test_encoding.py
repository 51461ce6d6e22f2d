"""The bytes decide, whatever a header or meta tag says of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.documents.encoding import decode

TEXT = "政府信息公开工作年度报告，镕堃喆"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encodings_of_portals(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_a_character_cut_at_the_end_does_not_change_the_encoding() -> None:
    assert decode(TEXT.encode()[:-1]) == TEXT[:-1]


@given(
    st.text(min_size=1).filter(lambda text: "\x00" not in text and not text.startswith("\ufeff"))
)
def test_any_utf8_text_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8", "ignore")) == text.encode("utf-8", "ignore").decode()
