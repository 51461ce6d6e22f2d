"""The loop: a finding is judged, the warehouse is built anew, and the report changes."""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nianbao.errors import VerdictError
from nianbao.model import Section
from nianbao.pipeline.verdicts import (
    export_events,
    import_list,
    import_saved,
    set_state,
    spoken,
)
from nianbao.pipeline.verdicts_inbox import import_inbox
from nianbao.pipeline.verdicts_lists import Chosen, listed_items, write_list
from nianbao.settings import Settings
from nianbao.verdicts.store import Transaction
from nianbao.warehouse.versions import load_versions
from support.installation import Installation, installed
from support.loop import (
    OTHERWISE,
    URL,
    WRONG,
    few_rules,
    fill_in,
    report,
    states,
    the_key,
)

HISTORY = "SELECT state, who, responsible, judged_before, judged FROM verdict_history ORDER BY step"
OPEN = "SELECT state, standing, message_zh, who FROM open_items"
AGENCY = Chosen(agency="第一局")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A report with one wrong total is published; tests bring stores of their own."""
    installation = installed(tmp_path_factory.mktemp("loop"))
    installation.harvest([report(*WRONG)], url=URL)
    with few_rules():
        installation.publish()
        yield installation


@pytest.fixture
def settings(published: Installation, tmp_path: Path) -> Settings:
    own = {"verdicts_url": f"sqlite:///{tmp_path}/v.sqlite", "worklists_dir": tmp_path / "lists"}
    return published.settings.model_copy(update=own)


def decide(installation: Installation, state: str, **said: str) -> None:
    words = {"who": "李四", "reason": "核对过", **said}
    set_state(installation.settings, the_key(installation)[:8], spoken(state, **words))


def steps(settings: Settings) -> list[tuple[str, str]]:
    return [(str(row["state"]), str(row["who"])) for row in export_events(settings)]


def total(judged: str) -> str:
    return str(json.loads(judged)["cells"]["applications.received.total"])


def test_a_new_version_that_fails_reopens_what_was_returned(
    published: Installation, tmp_path: Path
) -> None:
    """What a version that passes does is in test_end_to_end."""
    shutil.copytree(published.settings.home, tmp_path / "home", symlinks=True)
    loop = Installation(published.settings.model_copy(update={"home": tmp_path / "home"}))
    assert states(loop) == [("open", None)]
    decide(loop, "returned", responsible="一科", due="2026-03-05")
    loop.runs = 1
    loop.harvest([report(*OTHERWISE)], url=URL)
    assert loop.publish()["new"]
    assert states(loop) == [("open", "nianbao")]
    [(state, standing, message, who)] = loop.query(OPEN)
    assert (state, standing, who) == ("open", "fails", "nianbao")
    assert "填报 4，应为 1" in message
    [returned, reopened] = loop.query(HISTORY)
    assert returned[:3] == ("returned", "李四", "一科")
    assert reopened[:3] == ("open", "nianbao", "一科")
    assert (total(reopened[3]), total(reopened[4])) == ("3", "4")
    # What the build decided is in the store, decides nothing more, and gives the same elsewhere.
    assert steps(loop.settings) == [("returned", "李四"), ("open", "nianbao")]
    assert loop.publish()["outcome"] == "unchanged"
    elsewhere = loop.settings.model_copy(update={"warehouse_dir": tmp_path / "again"})
    Installation(elsewhere).publish()
    hashes = {
        load_versions(one.warehouse_root)[-1].content_hash for one in (loop.settings, elsewhere)
    }
    assert len(hashes) == 1
    # Where the store is lost, what was published comes back before anything new is said.
    lost = loop.settings.model_copy(update={"verdicts_url": f"sqlite:///{tmp_path}/new.sqlite"})
    made = set_state(lost, the_key(loop), spoken("false_alarm", "王五", reason="误读"))
    assert made is not None
    assert steps(lost) == [("returned", "李四"), ("open", "nianbao"), ("false_alarm", "王五")]


def test_a_sentence_in_other_words_is_not_corrected(tmp_path: Path) -> None:
    """It still fails under another key: only a version without such a sentence closes it."""
    loop = installed(tmp_path)
    with few_rules("placeholder"):
        for words in ("20XX年受理申请3件", "20XX年度受理申请3件", "2021年受理申请3件"):
            section = Section(1, "overview", "总体情况", words, "p1")
            loop.harvest([replace(report(*WRONG), sections=(section,))], url=URL)
            loop.publish()
            if not steps(loop.settings):
                key = the_key(loop, "placeholder")
                set_state(loop.settings, key, spoken("returned", "李四"))
            if "年度" in words:
                assert loop.query(f"{OPEN} ORDER BY standing") == [
                    ("open", "fails", "正文留有未填的占位符：“20XX年度受理申请3件”", None),
                    ("returned", "reworded", "正文留有未填的占位符：“20XX年受理申请3件”", "李四"),
                ]
    assert steps(loop.settings) == [("returned", "李四"), ("corrected", "nianbao")]


def test_a_list_is_written_filled_in_and_taken_in(
    published: Installation, settings: Settings, tmp_path: Path
) -> None:
    made = write_list(settings, AGENCY, tmp_path / "a.xlsx")
    assert made["items"] == 1
    said = {"处理意见": "已退回", "责任单位": "一科", "期限": "2024年3月5日"}
    fill_in(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {2: said})
    # Two at once, and again: it is one decision.
    with ThreadPoolExecutor(2) as pool:
        both = list(
            pool.map(lambda _: import_list(settings, tmp_path / "b.xlsx", "张三"), range(2))
        )
    assert sorted(found.count("recorded") for found in both) == [0, 1]
    assert import_list(settings, tmp_path / "b.xlsx", "张三").count("unchanged") == 1
    assert steps(settings) == [("returned", "张三")]
    # Whoever filled it in has to be named: the machine's user is not asked.
    for who in ("", "nianbao"):
        assert "填表人" in import_list(settings, tmp_path / "b.xlsx", who).error
    [item] = listed_items(settings, Chosen(agency="第一局", states=("returned",)))
    assert "责任单位：一科；期限：2024-03-05" in item["state_text"]
    closed = Chosen(agency="第一局", states=("corrected",))
    assert write_list(settings, closed, tmp_path / "c.xlsx")["items"] == 0


def test_an_import_that_is_killed_leaves_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_list(settings, AGENCY, tmp_path / "a.xlsx")
    fill_in(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {2: {"处理意见": "已退回"}})

    def killed(self: Any, events: Any) -> int:
        real(self, events)
        raise KeyboardInterrupt

    real = Transaction.add
    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            import_list(settings, tmp_path / "b.xlsx", "张三")
    assert steps(settings) == []
    assert import_list(settings, tmp_path / "b.xlsx", "张三").count("recorded") == 1


def test_a_list_in_the_inbox_is_taken_in_once_and_kept(settings: Settings, tmp_path: Path) -> None:
    inbox = settings.worklists_root
    inbox.mkdir()
    write_list(settings, AGENCY, tmp_path / "a.xlsx")
    fill_in(tmp_path / "a.xlsx", inbox / "清单.xlsx", {2: {"处理意见": "已退回"}}, "王五")
    (inbox / "~$清单.xlsx").write_bytes(b"open in Excel")
    (inbox / "damaged.xlsx").write_bytes(b"PK\x03\x04")
    assert import_inbox(settings) == 2
    assert "登记 1" in (inbox / "清单.xlsx.result.txt").read_text("utf-8-sig")
    assert "xlsx" in (inbox / "damaged.xlsx.result.txt").read_text("utf-8-sig")
    assert import_inbox(settings) == 0
    assert (inbox / "清单.xlsx").exists()
    fill_in(inbox / "清单.xlsx", inbox / "清单.xlsx", {2: {"处理意见": "误报", "备注": "误读"}})
    assert import_inbox(settings) == 1
    assert steps(settings) == [("returned", "王五"), ("false_alarm", "王五")]


def test_a_store_that_cannot_be_used_stops_neither_readers_nor_hides_itself(
    published: Installation, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "no.sqlite").write_bytes(b"this is no database" * 100)
    broken = settings.model_copy(update={"verdicts_url": f"sqlite:///{tmp_path}/no.sqlite"})
    with pytest.raises(VerdictError, match="store of verdicts"):
        Installation(broken).publish()  # without it, what people decided would be taken back
    assert states(published) == [("open", None)]
    lists = settings.worklists_root
    lists.mkdir()
    shutil.copy(tmp_path / "no.sqlite", lists / "a.xlsx")
    assert import_inbox(broken) == 1  # the file is told, whatever becomes of the store


def test_one_decision_by_command(
    settings: Settings, published: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = the_key(published)
    with monkeypatch.context() as patched:
        patched.setattr("getpass.getuser", lambda: "nianbao")  # as in the image
        with pytest.raises(VerdictError, match="--by"):
            spoken("returned")
    with pytest.raises(VerdictError, match="写明原因"):
        set_state(settings, key, spoken("confirmed"))
    with pytest.raises(VerdictError, match="no such item"):
        set_state(settings, "zzz", spoken("returned"))
    with pytest.raises(VerdictError, match="no such state"):
        spoken("perhaps")
    made = set_state(settings, key[:6], spoken("情况属实", "李四", reason="有文件"))
    assert made is not None
    assert set_state(settings, key, spoken("confirmed", "李四", reason="有文件")) is None
    with pytest.raises(VerdictError, match="不能由情况属实改为已更正"):
        set_state(settings, key, spoken("corrected"))


def test_a_saved_store_goes_into_another_one(
    settings: Settings, published: Installation, tmp_path: Path
) -> None:
    set_state(settings, the_key(published), spoken("returned", due="2026-03-05"))
    saved = tmp_path / "saved.jsonl"
    saved.write_text("".join(json.dumps(row) + "\n" for row in export_events(settings)), "utf-8")
    other = settings.model_copy(update={"verdicts_url": f"sqlite:///{tmp_path}/other.sqlite"})
    assert [len(import_saved(other, saved).events) for _ in range(2)] == [1, 0]
    assert list(export_events(settings)) == list(export_events(other))
    saved.write_text(saved.read_text("utf-8").replace("2026-03-05", "2026-04-05"), "utf-8")
    assert import_saved(other, saved).conflicts == (the_key(published),)
    assert list(export_events(settings)) == list(export_events(other))
    saved.write_text("{}\n", "utf-8")
    with pytest.raises(VerdictError, match="jsonl:1: no saved verdict"):
        import_saved(other, saved)
