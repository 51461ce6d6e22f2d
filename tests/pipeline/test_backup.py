"""What was kept comes back into an empty place, equal to what it was."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nianbao.archive import Archive, read_log
from nianbao.archive.place import Place
from nianbao.carry.item import sizes
from nianbao.errors import CarryError
from nianbao.pipeline import carry
from nianbao.pipeline.backup import Order, backup
from nianbao.pipeline.rebuild import rebuild
from nianbao.pipeline.restore import restore
from nianbao.settings import Settings
from nianbao.warehouse.versions import current_version, load_listing
from support.copies import Copies, quick_builds
from support.installation import Installation, installed, reports


def harvested(installation: Installation, value: int = 3) -> None:
    number = installation.runs + 1
    installation.harvest(reports(number, 2, value))
    Archive(installation.settings.archive_root).put(f"document {number}".encode())


def write_database(path: Path, *texts: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as con:
        con.execute("PRAGMA journal_mode = WAL")
        con.execute("CREATE TABLE IF NOT EXISTS t (x)")
        con.executemany("INSERT INTO t VALUES (?)", [(text,) for text in texts])
        con.commit()


def rows(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as con:
        return [text for (text,) in con.execute("SELECT x FROM t")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Path]]:
    """An installation with a published version, and a folder with two backups of it."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "template").mkdir()
    with quick_builds(Copies(folder / "template").template):
        yield backed_up(folder)


def backed_up(folder: Path) -> tuple[Installation, Path]:
    here = installed(folder)
    home = here.settings.home
    order = Order(parsed=True, metadata=folder / "airflow.db")
    harvested(here)
    (home / "roster").mkdir(parents=True)
    for name in ("kept", "gone"):
        (home / "roster" / f"{name}.csv").write_text("name\n某局\n", "utf-8")
    (home / "identities.csv").write_text("name,site_division,given_id\n某局,,o1\n", "utf-8")
    write_database(home / "verdicts.sqlite", "first")
    write_database(folder / "airflow.db", "run")
    (folder / "secrets.json").write_text("{}", "utf-8")
    backup(here.settings, folder / "backups", order)
    harvested(here)
    (home / "roster" / "gone.csv").unlink()
    here.publish()
    write_database(home / "verdicts.sqlite", "second")
    second = backup(here.settings, folder / "backups", order)
    assert second["documents"] == 1
    return here, folder / "backups"


def elsewhere(here: Installation, folder: Path) -> Settings:
    return here.settings.model_copy(
        update={"home": folder / "home", "portals_dir": folder / "portals"}
    )


def files(root: Path | str) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(Path(root).rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }


def test_everything_is_back_as_it_was(kept: tuple[Installation, Path], tmp_path: Path) -> None:
    here, backups = kept
    there = elsewhere(here, tmp_path)
    done = restore(there, [backups], tmp_path / "airflow.db")
    assert done["left"] == []
    assert files(there.archive_root) == files(here.settings.archive_root)
    assert files(there.parsed_root) == files(here.settings.parsed_root)
    assert files(there.portals_dir) == files(here.settings.portals_dir)
    assert list(files(there.roster_root)) == ["kept.csv"]
    assert there.identities_file.read_bytes() == here.settings.identities_file.read_bytes()
    assert rows(there.home / "verdicts.sqlite") == ["first", "second"]
    assert rows(tmp_path / "airflow.db") == ["run"]
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert files(there.warehouse_root / "checks") == files(here.root / "checks")


def test_readers_see_the_version_that_they_saw(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    here, backups = kept
    there = elsewhere(here, tmp_path)
    restore(there, [backups], tmp_path / "airflow.db")
    assert current_version(there.warehouse_root) == current_version(here.root)
    was = (here.root / "current" / "nianbao.duckdb").read_bytes()
    assert (there.warehouse_root / "nianbao.duckdb").read_bytes() == was


def test_without_published_files_they_are_marked_as_removed_and_made_anew(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    here, _ = kept
    backup(here.settings, tmp_path / "all.zip", Order(versions="none", parsed=True))
    there = elsewhere(here, tmp_path / "there")
    restore(there, [tmp_path / "all.zip"], tmp_path / "airflow.db")
    assert current_version(there.warehouse_root) is None
    [version] = load_listing(there.warehouse_root).versions
    assert version.removed_at
    assert rebuild(there, without_gate=True)["content_hash"] == version.content_hash


def test_nothing_changed_makes_no_pack(kept: tuple[Installation, Path]) -> None:
    here, backups = kept
    order = Order(parsed=True, metadata=backups.parent / "airflow.db")
    assert backup(here.settings, backups, order)["packs"] == []


def test_a_pack_that_is_missing_is_noticed_by_the_next_backup_and_by_a_restore(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    here, backups = kept
    shutil.copytree(backups, tmp_path / "backups")
    min((tmp_path / "backups").glob("*.zip")).unlink()
    with pytest.raises(CarryError, match="is missing or was changed"):
        backup(here.settings, tmp_path / "backups", Order())
    with pytest.raises(CarryError, match="is missing or was changed"):
        restore(elsewhere(here, tmp_path), [tmp_path / "backups"], None)


def test_a_part_that_is_missing_is_noticed(kept: tuple[Installation, Path], tmp_path: Path) -> None:
    here, _ = kept
    published = (here.root / "current" / "nianbao.duckdb").stat().st_size
    order = Order(versions="current", max_size=published + 12_000)
    made = backup(here.settings, tmp_path / "all.zip", order)
    parts = [Path(pack["path"]) for pack in made["packs"]]
    assert len(parts) > 1
    with pytest.raises(CarryError, match="a part is missing"):
        restore(elsewhere(here, tmp_path), parts[:-1], None)


def test_a_place_in_use_is_left_alone(kept: tuple[Installation, Path]) -> None:
    here, backups = kept
    with pytest.raises(CarryError, match="is in use; a backup is restored into an empty place"):
        restore(here.settings, [backups], None)


def test_a_restore_that_was_interrupted_is_run_again(
    kept: tuple[Installation, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, backups = kept
    there, write, left = elsewhere(here, tmp_path), Place.write, iter(range(3))

    def killed(place: Place, path: str, data: bytes) -> str:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return write(place, path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Place, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            restore(there, [backups], tmp_path / "airflow.db")
    backup(here.settings, tmp_path / "other.zip", Order(versions="none"))
    with pytest.raises(CarryError, match="a restore of other packs was interrupted here"):
        restore(there, [tmp_path / "other.zip"], tmp_path / "airflow.db")
    restore(there, [backups], tmp_path / "airflow.db")
    assert files(there.archive_root) == files(here.settings.archive_root)
    assert not (there.home / ".restoring").exists()


def test_a_disk_that_writes_something_else_is_noticed(
    kept: tuple[Installation, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, backups = kept
    write = Place.write

    def careless(place: Place, path: str, data: bytes) -> str:
        return write(place, path, data[:-1] if "bytes/" in path else data)

    monkeypatch.setattr(Place, "write", careless)
    with pytest.raises(CarryError, match=r"bytes/.* reads otherwise than it was kept"):
        restore(elsewhere(here, tmp_path), [backups], tmp_path / "airflow.db")


def test_a_rollback_whose_files_were_not_kept_is_told(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    here, _ = kept
    shutil.copytree(here.settings.home, tmp_path / "home", symlinks=True)
    rolled = here.settings.model_copy(update={"home": tmp_path / "home"})
    path = rolled.warehouse_root / "versions.json"
    listing = json.loads(path.read_text("utf-8"))
    first = listing["versions"][0]["id"]
    listing["rollback"] = {"to": first, "at": "2026-01-01T00:00:00+00:00", "sequence": 9}
    path.write_text(json.dumps(listing), "utf-8")
    backup(rolled, tmp_path / "all.zip", Order(versions="none"))
    there = elsewhere(here, tmp_path / "there")
    done = restore(there, [tmp_path / "all.zip"], None)
    assert done["left"] == [
        f"the rollback to {first} does not hold any more: its files are not here"
    ]


def test_what_is_kept_in_a_server_is_named(kept: tuple[Installation, Path], tmp_path: Path) -> None:
    here, _ = kept
    server = here.settings.model_copy(update={"verdicts_url": "postgresql://db/nianbao"})
    made = backup(server, tmp_path / "all.zip", Order(versions="none"))
    assert [line.partition(":")[0] for line in made["not_included"]] == [
        "verdicts", "Airflow's metadata",
    ]  # fmt: skip
    assert (tmp_path / "all.zip").stat().st_mode & 0o077 == 0


def test_a_damaged_database_is_not_kept_as_if_it_were_whole(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    here, _ = kept
    (tmp_path / "airflow.db").write_bytes(b"no database" * 100)
    with pytest.raises(CarryError, match=r"airflow\.db could not be copied"):
        backup(here.settings, tmp_path / "all.zip", Order(metadata=tmp_path / "airflow.db"))
    assert not (tmp_path / "all.zip").exists()


def test_the_archive_is_copied_to_a_bucket_and_used_there(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    here, _ = kept
    url = f"memory://{tmp_path.name}"
    first = carry.copy(here.settings, f"{url}/archive", f"{url}/parsed")
    again = carry.copy(here.settings, f"{url}/archive", f"{url}/parsed")
    assert (first["archive"]["known"], again["archive"]["new"], again["parsed"]["new"]) == (0, 0, 0)
    assert read_log(f"{url}/archive").equals(read_log(here.settings.archive_root))
    assert len(sizes(Place.at(f"{url}/parsed"))) == here.runs
