"""Copies of what an object store holds: each version comes once, and none is ever out of date."""

import os
from pathlib import Path

import pytest

from nianbao.archive.copies import contents, local_copies
from nianbao.archive.place import Place
from nianbao.errors import ConfigurationError


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place.at(f"memory://{tmp_path.name}/parsed")
    for name in ("2/b", "1/a", "2/a"):
        place.write(f"{name}.parquet", name.encode())
    place.write("2/note.txt", b"another kind")
    return place


def texts(place: Place, cache: Path | None) -> list[str]:
    return [data.decode() for _, data in contents(place, "", ".parquet", cache)]


def test_files_come_in_the_order_of_their_paths(place: Place, tmp_path: Path) -> None:
    assert texts(place, None) == ["1/a", "2/a", "2/b"]
    assert texts(place, tmp_path / "cache") == ["1/a", "2/a", "2/b"]


def test_a_copy_keeps_the_folder_and_the_name(place: Place, tmp_path: Path) -> None:
    copies = local_copies(place, "", ".parquet", tmp_path / "cache")
    assert [f"{copy.parent.name}/{copy.name}" for copy in copies] == [
        "1/a.parquet",
        "2/a.parquet",
        "2/b.parquet",
    ]


def test_what_was_copied_is_not_asked_for_again(place: Place, tmp_path: Path, monkeypatch) -> None:
    cache, asked = tmp_path / "cache", []
    local_copies(place, "", ".parquet", cache)
    place.write("2/c.parquet", b"new")
    cat = place.filesystem.cat
    monkeypatch.setattr(place.filesystem, "cat", lambda paths: asked.extend(paths) or cat(paths))
    assert texts(place, cache) == ["1/a", "2/a", "2/b", "new"]
    assert [path.rpartition("/")[2] for path in asked] == ["c.parquet"]


def test_what_is_put_after_the_listing_is_left_for_the_next(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = place.filesystem.find

    def then_another(*arguments, **options):
        found = find(*arguments, **options)
        place.write("1/b.parquet", b"put meanwhile")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(place.filesystem, "find", then_another)
        assert texts(place, tmp_path / "cache") == ["1/a", "2/a", "2/b"]
    assert texts(place, tmp_path / "cache") == ["1/a", "put meanwhile", "2/a", "2/b"]


def test_a_file_that_was_replaced_comes_again(place: Place, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    local_copies(place, "", ".parquet", cache)
    place.write("1/a.parquet", b"longer than before")
    assert texts(place, cache)[0] == "longer than before"


def test_copies_of_what_is_gone_are_forgotten_after_days(place: Place, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    old, *others = local_copies(place, "", ".parquet", cache)
    place.filesystem.rm(place.full("1/a.parquet"))
    local_copies(place, "", ".parquet", cache)
    assert old.exists()
    os.utime(old, (0, 0))
    local_copies(place, "", ".parquet", cache)
    assert not old.exists()
    assert all(copy.exists() for copy in others)


def test_an_empty_store_has_nothing(tmp_path: Path) -> None:
    place = Place.at(f"memory://{tmp_path.name}-empty/parsed")
    assert local_copies(place, "log", ".parquet", tmp_path / "cache") == []


def test_a_kind_of_storage_that_is_not_installed_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match="storage nowhere://bucket"):
        Place.at("nowhere://bucket")
