import pytest

from nianbao.crawl.blocks import Block, block_in
from nianbao.crawl.exchange import Answer

TEXT = "本机关2020年主动公开政府信息。" * 40


def _found(body: str, status: int = 200, url: str = "http://x/a.html") -> Block | None:
    return block_in(Answer(url, status, body.encode()))


def _block(body: str, status: int = 200) -> str | None:
    block = _found(body, status)
    return block.kind if block else None


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ("", 412, "script challenge (HTTP 412)"),
        (TEXT, 403, "refused"),
        ("", 521, "cookie challenge"),
        ("<script>go()</script>" + " " * 3000, 202, "shell page"),
        (f"<html><script>$_ts={{}};{'x' * 5000}</script></html>", 200, "$_ts"),
        ("<html><script>document.cookie='__jsluid_h=1'</script></html>", 200, "__jsluid"),
        ("<html><script>location.href='/x'</script></html>", 200, "shell page of 48 bytes"),
        ("<html></html>", 200, "shell page of 13 bytes"),
        ("<!DOCTYPE html><html><head></head><body>\n</body></html>", 200, "shell page"),
        (f"<html><head><title>x</title><style>{'a{}' * 300}</style></head></html>", 200, "shell"),
        ("<script src='/_guard/auto.js?$_ts=1'></script>", 202, "$_ts"),
        ("<html><script>setCookie('C3VK','1')</script>请稍候</html>", 503, "C3VK"),
        ("\ufeff<html><script>var wzws_x=1</script></html>", 200, "wzws_"),
        ("<?xml version='1.0' encoding='UTF-8'?><datastore/>", 200, "empty XML"),
        ("\ufeff<?xml version='1.0' encoding='utf-8'?><r></r>", 200, "empty XML"),
        (f"<html><form><input type='password'></form>{' ' * 2000}</html>", 200, "log-in page"),
    ],
)
def test_refusals_in_their_many_dresses(body: str, status: int, kind: str):
    assert kind in (_block(body, status) or "")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 412),
        ("", 521),
        ("<script>$_ts={}</script>", 202),
        ("<script>document.cookie='acw_sc__v2=1'</script>", 200),
    ],
)
def test_a_challenge_is_the_whole_hosts(body: str, status: int):
    block = _found(body, status)
    assert block is not None
    assert block.of_host


@pytest.mark.parametrize(
    ("body", "status"), [("", 403), ("", 401), ("<html></html>", 200), ("<script>a</script>", 200)]
)
def test_a_refusal_of_one_page_may_be_of_that_page_alone(body: str, status: int):
    block = _found(body, status)
    assert block is not None
    assert not block.of_host


def test_a_long_page_is_for_logging_in_where_its_address_says_so():
    body = f"<html><input type='password'><p>{TEXT}</p></html>"
    assert _found(body, url="http://x/sso/login.jsp?back=/a") == Block("log-in page")
    assert _found(body, url="http://x/a.html") is None


@pytest.mark.parametrize(
    "body",
    [
        f"<html><script>var a</script><p>{TEXT}</p></html>",
        f"<html><script>$_ts={{}}</script><p>{TEXT}</p></html>",
        f"<html><input type='password'><p>{TEXT}</p></html>",
        "<html><p>短</p></html>",
        "<script type='text/xml'><datastore></datastore></script><script></script>",
        "<?xml version='1.0'?><datastore><totalrecord>0</totalrecord><recordset></recordset>",
        "%PDF-1.4 $_ts",
        "plain text",
        '{"json": "<script>"}',
    ],
)
def test_pages_that_are_meant_for_us(body: str):
    assert _block(body) is None
