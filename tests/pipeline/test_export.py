"""Exports of published versions: on demand, and as the step after publishing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nianbao.cli import warehouse as cli
from nianbao.errors import ConfigurationError
from nianbao.export.run import Order
from nianbao.pipeline.export import export_published, export_version
from nianbao.pipeline.summary import summarise
from nianbao.settings import Settings
from nianbao.warehouse.publish import publish
from nianbao.warehouse.versions import Version
from support.world import World, report


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Version]:
    home = tmp_path_factory.mktemp("home")
    world = World(home)
    world.serve("http://x/1", "one", report())
    world.build("warehouse/staging/one/nianbao.duckdb")
    root = home / "warehouse"
    now = datetime(2026, 2, 1, tzinfo=UTC)
    return Settings(home=home), publish(root, root / "staging" / "one", "inputs", now)


def test_the_exports_stand_beside_the_file_of_the_version(
    released: tuple[Settings, Version],
) -> None:
    settings, version = released
    done = export_published(settings, {"version": version.id})
    folder = settings.warehouse_root / "versions" / version.id
    assert done["new"]
    assert Path(done["path"]) == folder / "exports"
    assert (folder / "exports" / "datapackage.json").exists()
    assert not export_published(settings, {"version": version.id})["new"]


def test_the_summary_names_the_exports_of_what_readers_see(
    released: tuple[Settings, Version],
) -> None:
    settings, version = released
    export_published(settings, {"version": version.id})
    assert (Path(summarise(settings)["exports"]) / "datapackage.json").exists()


def test_a_version_that_was_removed_meanwhile_is_told(released: tuple[Settings, Version]) -> None:
    settings, version = released
    folder = settings.warehouse_root / "versions" / version.id
    away = folder.rename(folder.with_name("away"))
    try:
        assert "removed" in export_published(settings, {"version": version.id})["reason"]
    finally:
        away.rename(folder)


def test_exports_that_fail_are_told_after_the_publication_and_undo_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ConfigurationError("no")

    monkeypatch.setattr(cli, "_built", dict)
    monkeypatch.setattr("nianbao.pipeline.warehouse.publish", lambda *_: {"version": "new"})
    monkeypatch.setattr("nianbao.pipeline.export.export_published", fail)
    with pytest.raises(ConfigurationError):
        cli.publish()
    assert capsys.readouterr().out == '{"version": "new"}\n'


def test_a_part_has_a_folder_of_its_own(released: tuple[Settings, Version]) -> None:
    settings, version = released
    done = export_version(settings, Order.of(("csv",), years=(2021,)))
    folder = settings.warehouse_root / "versions" / version.id / "selections"
    assert Path(done["path"]) == folder / "years-2021_csv"


def test_another_folder_can_be_given(released: tuple[Settings, Version], tmp_path: Path) -> None:
    settings, version = released
    done = export_version(settings, Order.of(("csv",)), version.id, tmp_path / "mine")
    assert done["path"] == str(tmp_path / "mine")


@pytest.mark.parametrize("changes", [{"exports": "never"}, {"exports_small_reports": 0}])
def test_nothing_is_written_where_the_settings_do_not_ask_for_it(
    released: tuple[Settings, Version], changes: dict[str, object]
) -> None:
    settings, version = released
    done = export_published(settings.model_copy(update=changes), {"version": version.id})
    assert (done["path"], done["new"]) == (None, False)
    assert done["reason"]


def test_a_version_that_was_never_published_is_refused(
    released: tuple[Settings, Version],
) -> None:
    with pytest.raises(ConfigurationError, match="no published version"):
        export_version(released[0], Order(), "20200101T000000Z-00000000")


def test_before_the_first_version_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nothing is published"):
        export_version(Settings(home=tmp_path), Order())
