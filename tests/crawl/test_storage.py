import json
import os
from pathlib import Path

import pytest

from nianbao.crawl import Client
from nianbao.crawl.exchange import Question
from nianbao.errors import FetchError, NotAllowedError, PermanentFetchError, TooLargeError
from nianbao.model import Portal
from nianbao.model.portal import Politeness


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inbox" / "2025").mkdir(parents=True)
    (tmp_path / "inbox" / "2025" / "年报.txt").write_text("报告", "utf-8")
    (tmp_path / "secret.txt").write_text("x")
    return tmp_path / "inbox"


@pytest.fixture
def inbox(folder: Path) -> Portal:
    politeness = Politeness(max_bytes=100)
    urls = (str(folder),)
    return Portal(id="inbox", name="收件箱", family="inbox", start_urls=urls, politeness=politeness)


def _get(client: Client, portal: Portal, url: str, etag: str | None = None):
    return client.get(portal, Question(url, etag=etag), lambda _: None)


def test_a_folder_is_listed_as_json_lines(client: Client, inbox: Portal, folder: Path):
    (line,) = _get(client, inbox, str(folder)).body.decode().splitlines()
    entry = json.loads(line)
    assert (entry["name"], entry["size"]) == ("2025/年报.txt", 6)
    assert _get(client, inbox, entry["url"]).body.decode() == "报告"


@pytest.mark.parametrize("scheme", ["file", "memory"])
def test_any_storage_will_do(client: Client, inbox: Portal, folder: Path, scheme: str):
    import fsspec

    root = f"{scheme}://{folder}/urls"
    with fsspec.open(f"{root}/a.txt", "wb", auto_mkdir=True) as file:
        file.write(b"a")
    portal = inbox.model_copy(update={"start_urls": (root,)})
    entry = json.loads(_get(client, portal, root).body)
    assert entry["url"] == f"{root}/a.txt"
    assert _get(client, portal, entry["url"]).body == b"a"


def test_an_unchanged_file_is_not_read_again(client: Client, inbox: Portal, folder: Path):
    url = f"{folder}/2025/年报.txt"
    first = _get(client, inbox, url)
    assert _get(client, inbox, url, first.etag).not_modified
    os.utime(url, (1, 1))
    assert not _get(client, inbox, url, first.etag).not_modified


def test_what_cannot_be_had(client: Client, inbox: Portal, folder: Path):
    (folder / "big.pdf").write_bytes(b"x" * 101)
    (folder / "empty.pdf").write_bytes(b"")
    for name, error in [
        ("none.pdf", PermanentFetchError),
        ("empty.pdf", FetchError),
        ("big.pdf", TooLargeError),
        ("2025", FetchError),
        ("../secret.txt", NotAllowedError),
    ]:
        with pytest.raises(error):
            _get(client, inbox, f"{folder}/{name}")
    with pytest.raises(NotAllowedError):
        _get(client, inbox, f"{folder}-other/a.txt")


def test_a_missing_folder_and_an_unknown_storage(client: Client, inbox: Portal, tmp_path: Path):
    for url in (str(tmp_path / "none"), "nosuch://bucket"):
        portal = inbox.model_copy(update={"start_urls": (url,)})
        with pytest.raises(FetchError):
            _get(client, portal, url)


def test_an_empty_file_is_a_failure_and_not_gone(client: Client, inbox: Portal, folder: Path):
    (folder / "empty.pdf").write_bytes(b"")
    with pytest.raises(FetchError) as raised:
        _get(client, inbox, f"{folder}/empty.pdf")
    assert raised.value.outcome == "failed"


def test_a_badly_encoded_name_has_a_url_that_can_be_read(
    client: Client, inbox: Portal, folder: Path
):
    for name in (b"2025/%41\xc4\xea.html", b"2025/%E5.html"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(name)
    lines = _get(client, inbox, str(folder)).body.decode().splitlines()
    urls = [json.loads(line)["url"] for line in lines if "html" in line]
    assert urls == [f"{folder}/2025/%41%C4%EA.html", f"{folder}/2025/%E5.html"]
    assert [_get(client, inbox, url).body for url in urls] == [
        b"2025/%41\xc4\xea.html",
        b"2025/%E5.html",
    ]
