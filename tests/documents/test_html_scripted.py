"""An article that stands in its page's script."""

import json

from nianbao.documents import read_document

TABLE = "<p>某局</p><table><tr><td>a</td><td>“1”</td></tr></table>"


def page(script: str) -> bytes:
    return f"<html><body><h1>x</h1><script>{script}</script></body></html>".encode()


def test_the_article_in_the_script_is_read():
    detail = json.dumps({"SID": "1", "DETAIL": {"id": 7, "content": TABLE}})
    [table] = read_document(page(f"window._CONFIG = {detail};")).tables
    assert [cell.text if cell else "" for cell in table.grid[0]] == ["a", "“1”"]


def test_keys_without_quotes():
    content = json.dumps(TABLE)
    script = f"window._CONFIG = {{SID:'1', DETAIL:{{id:7, content:{content}}}}};"
    assert len(read_document(page(script)).tables) == 1


def test_a_page_with_another_script_stays_as_it_is():
    for script in (
        "window._CONFIG = {DETAIL: {}}",
        "_CONFIG; DETAIL",
        "_CONFIG={DETAIL:{content:'",
    ):
        assert read_document(page(script)).tables == ()
