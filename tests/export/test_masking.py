"""Mobile and identity numbers are masked; every other number stays as it is."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.export.masking import SHORTEST, load_masking, masked
from nianbao.privacy.numbers import mask

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
words = st.text(alphabet="年报公开申请电话：，。（） ", max_size=12)


@st.composite
def identities(draw: st.DrawFn) -> str:
    """Identity numbers with the check digit worked out as the standard says: the sum is 1 modulo 11."""
    born = draw(st.dates(date(1930, 1, 1), date(2020, 12, 31)))
    place = draw(st.sampled_from(["110105", "370983", "330106"]))
    body = f"{place}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    [check] = [x for x in range(11) if (total + x) % 11 == 1]
    return body + ("X" if check == 10 else str(check))


@given(words, mobiles, words)
def test_no_mobile_number_stays(before: str, number: str, after: str) -> None:
    masked = mask(f"{before}{number}{after}")
    assert masked == f"{before}{number[:3]}****{number[-4:]}{after}"


@given(words, identities(), words)
def test_no_identity_number_stays(before: str, number: str, after: str) -> None:
    assert mask(f"{before}{number}{after}") == f"{before}{number[:6]}{'*' * 12}{after}"


@given(identities(), st.integers(1, 9))
def test_a_wrong_check_digit_makes_it_another_number(number: str, shift: int) -> None:
    last = str((int(number[-1].replace("X", "10")) + shift) % 10)
    wrong = number[:-1] + last
    if wrong != number:
        assert mask(wrong) == wrong


@given(identities())
def test_the_older_form_of_fifteen_digits_is_masked(number: str) -> None:
    older = number[:6] + number[8:17]
    assert mask(older) == older[:6] + "*" * 9


@given(st.text())
def test_the_length_and_all_but_digits_stay(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(new == old or new == "*" for new, old in zip(masked, text, strict=True))


@given(st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(words, st.one_of(mobiles, identities()), words)
def test_every_text_that_is_masked_is_a_candidate(before: str, number: str, after: str) -> None:
    assert re.search(load_masking().candidate, f"{before}{number}{after}")


@pytest.mark.parametrize("text", ["申请人王明向", "家住某村1号", "13812345678"])
def test_the_shortest_texts_with_a_person_in_them_are_not_passed_over(text: str) -> None:
    assert masked(text) != text
    assert len(text) >= SHORTEST
    assert re.search(load_masking().candidate, text)


@pytest.mark.parametrize(
    "text",
    [
        "办公电话0538-7212345",
        "010-68912345",
        "传真：05387212345",
        "热线12345，邮编271600",
        "采购总金额13812345678元",
        "13812345678.50",
        "账号6222021234567890123",
        "统一社会信用代码11370983004318905X",
        "2022年1月1日至2022年12月31日",
        "9138123456781",
        "d2f13812345678ab",
    ],
)
def test_what_is_no_personal_number_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("+86 138 1234 5678", "+86 138 **** 5678"),
        ("8613812345678", "86138****5678"),
        ("138-1234-5678。", "138-****-5678。"),
        ("13812345678、13912345678", "138****5678、139****5678"),
        ("13812345678@163.com", "138****5678@163.com"),
    ],
)
def test_the_ways_people_write_numbers(text: str, masked: str) -> None:
    assert mask(text) == masked
