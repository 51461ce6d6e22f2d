import pytest

from nianbao.crawl.blocks import block_in
from nianbao.crawl.exchange import Answer

TEXT = "本机关2020年主动公开政府信息。" * 40


def _block(body: str, status: int = 200) -> str | None:
    return block_in(Answer("http://x/", status, body.encode()))


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
        ("<?xml version='1.0' encoding='UTF-8'?><datastore/>", 200, "empty XML"),
        (f"<html><form><input type='password'></form>{' ' * 2000}</html>", 200, "log-in page"),
    ],
)
def test_refusals_in_their_many_dresses(body: str, status: int, kind: str):
    assert kind in (_block(body, status) or "")


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
