"""What a broken, missing or unregistered portal record may do to the others: nothing in silence."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nianbao.archive.log import write_part
from nianbao.errors import ConfigurationError, GateError
from nianbao.model import Fetch
from nianbao.pipeline import harvest, warehouse
from nianbao.settings import Settings

NOW = datetime(2026, 1, 20, tzinfo=UTC)
RECORD = (
    "name: 某局\nfamily: inbox\nstart_urls: [{folder}]\nagencies: [{{id: cn-{id}, name: 某局}}]\n"
)
BROKEN = "name: a\nname: b\n"
FETCH = Fetch("p/one", "/inbox/1.txt", "report", "fetched", NOW, 5, sha256="0" * 64)

# Great Expectations imports what newer Pythons deprecate.
IMPORTS_DEPRECATED = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with two portals, whose inboxes are empty."""
    for name in ("one", "two"):
        write_record(tmp_path, name)
    return Settings(home=tmp_path / "home", portals_dir=tmp_path / "portals")


def write_record(folder: Path, name: str) -> None:
    inbox = folder / "inbox" / name
    inbox.mkdir(parents=True, exist_ok=True)
    path = folder / "portals" / "p" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RECORD.format(folder=inbox, id=name), "utf-8")


def break_record(settings: Settings, name: str) -> None:
    (settings.portals_dir / "p" / f"{name}.yaml").write_text(BROKEN, "utf-8")


def published(settings: Settings) -> dict[str, Any]:
    built = warehouse.check(settings, warehouse.build(settings))
    return warehouse.publish(settings, built, without_gate=True)


def test_a_broken_record_keeps_only_its_own_portal_from_the_harvest(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    break_record(settings, "two")
    with caplog.at_level(logging.ERROR):
        asked = [name for shard in harvest.plan(settings) for name in shard]
    assert asked == ["p/one"]
    assert "two.yaml" in caplog.text


def test_a_record_broken_since_the_plan_is_a_trouble_of_its_own(settings: Settings) -> None:
    [shard] = harvest.plan(settings)
    break_record(settings, "two")
    done = harvest.harvest(settings, shard, "run", 1, None)
    assert done["portals"] == 1
    assert ["two.yaml" in line for line in done["trouble"]].count(True) == 1


def test_no_folder_of_records_is_an_error_and_not_an_empty_harvest(settings: Settings) -> None:
    elsewhere = settings.model_copy(update={"portals_dir": settings.home / "none"})
    with pytest.raises(ConfigurationError, match="no folder"):
        harvest.plan(elsewhere)


def test_a_broken_record_stands_as_it_was_last_published(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    first = published(settings)
    break_record(settings, "two")
    second = published(settings)
    assert (second["new"], second["version"]) == (False, first["version"])
    assert "two.yaml" in caplog.text


def test_a_broken_record_that_was_never_published_is_left_out(settings: Settings) -> None:
    break_record(settings, "two")
    assert published(settings)["summary"]["portals"] == 1


def test_what_the_gate_has_not_passed_is_not_published(settings: Settings) -> None:
    built = warehouse.check(settings, warehouse.build(settings))
    with pytest.raises(GateError, match="passed the gate"):
        warehouse.publish(settings, built)
    assert not (settings.warehouse_root / "current").exists()


@IMPORTS_DEPRECATED
@pytest.mark.parametrize("stage", ["published", "draft"])
def test_reports_of_an_unregistered_portal_block(settings: Settings, stage: str) -> None:
    path = settings.portals_dir / "p" / "one.yaml"
    path.write_text(f"{path.read_text('utf-8')}stage: {stage}\n", "utf-8")
    write_part(settings.archive_root, "run", "part", [FETCH])
    path.rename(path.with_name("renamed.yaml"))
    built = warehouse.check(settings, warehouse.build(settings))
    with pytest.raises(GateError, match="portal_unregistered"):
        warehouse.gate(settings, built)


@IMPORTS_DEPRECATED
def test_lists_of_an_unregistered_portal_do_not_block(settings: Settings) -> None:
    listed = replace(FETCH, portal_id="p/gone", purpose="list", sha256=None)
    write_part(settings.archive_root, "run", "part", [listed])
    built = warehouse.check(settings, warehouse.build(settings))
    assert warehouse.publish(settings, warehouse.gate(settings, built))["new"]
