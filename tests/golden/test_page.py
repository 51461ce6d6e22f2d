"""`docs/accuracy.md` says what is read today; `make accuracy` brings it up to date."""

from pathlib import Path

import pytest

from nianbao.accuracy.page import accuracy_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
VARYING = {"doc", "odt", "wps", "Word XML", "picture", "pdf scan", "all"}
"""Formats of which another version of LibreOffice, or of recognition, may leave other cells unread."""

Table = dict[tuple[str, str], list[str]]


def table_of(page: str) -> Table:
    rows = [line.strip("| \n").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    header = next(at for at, row in enumerate(rows) if row[0] == "format")
    return {(row[0], row[1]): row[2:] for row in rows[header:]}


@pytest.fixture(scope="module")
def pages(golden) -> tuple[str, str]:  # type: ignore[no-untyped-def]
    scores = [golden.score(name) for name in golden.expected]
    return PAGE.read_text("utf-8"), accuracy_page(scores)


def test_the_page_says_the_same_about_what_cannot_vary(pages: tuple[str, str]) -> None:
    committed, now = (
        {key: row for key, row in table_of(page).items() if key[0] not in VARYING} for page in pages
    )
    assert committed == now


def test_the_page_names_all_lines_and_as_many_silent_errors(pages: tuple[str, str]) -> None:
    committed, now = (
        {key: (row[0], row[8]) for key, row in table_of(page).items()} for page in pages
    )
    assert committed == now


def test_what_may_vary_is_read_for_the_most_part(pages: tuple[str, str]) -> None:
    _, now = pages
    least = 0.8
    shares = {
        key: tuple(int(row[place].replace(",", "")) for place in (6, 7))
        for key, row in table_of(now).items()
        if key[0] in VARYING
    }
    low = {key for key, (right, flagged) in shares.items() if right < least * (right + flagged)}
    assert low == set()


def test_the_words_are_those_of_the_preface(pages: tuple[str, str]) -> None:
    committed, now = (page.partition("\n| format | form |")[0] for page in pages)
    assert committed == now


def test_silent_errors_are_listed(pages: tuple[str, str]) -> None:
    committed, now = (page.partition("## Silent errors")[2] for page in pages)
    assert committed == now
