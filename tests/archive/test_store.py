from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fsspec
import pytest

from nianbao.archive import Archive
from nianbao.errors import ReadError
from nianbao.model import sha256_of

DATA = "一份年度报告".encode()


@pytest.fixture(params=["folder", "memory"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "archive") if request.param == "folder" else f"memory://{tmp_path.name}"


def test_bytes_come_back_by_their_hash(root: str):
    archive = Archive(root)
    sha256 = archive.put(DATA)
    assert sha256 == sha256_of(DATA)
    assert archive.has(sha256)
    assert archive.get(sha256) == DATA


def test_bytes_have_the_documented_place(tmp_path: Path):
    sha256 = Archive(str(tmp_path)).put(DATA)
    assert (tmp_path / "bytes" / sha256[:2] / sha256).read_bytes() == DATA


def test_what_is_there_is_not_written_again(tmp_path: Path):
    archive = Archive(str(tmp_path))
    file = tmp_path / "bytes" / archive.put(DATA)[:2] / sha256_of(DATA)
    before = file.stat()
    archive.put(DATA)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_missing_bytes_are_an_error_with_a_code(root: str):
    with pytest.raises(ReadError) as caught:
        Archive(root).get("0" * 64)
    assert caught.value.code == "archive_missing"
    assert not Archive(root).has("0" * 64)


def test_damage_is_noticed(root: str):
    archive = Archive(root)
    sha256 = archive.put(DATA)
    with fsspec.open(f"{root}/bytes/{sha256[:2]}/{sha256}", "wb") as file:
        file.write(DATA[:-1])
    with pytest.raises(ReadError) as caught:
        archive.get(sha256)
    assert caught.value.code == "archive_damaged"


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    archive = Archive(str(tmp_path))
    with pytest.raises(OSError, match="No space"):
        archive.put(DATA)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not archive.has(sha256_of(DATA))


def test_writers_of_the_same_bytes_do_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    archive = Archive(str(tmp_path))
    # All find nothing there, as writers at the same moment do.
    monkeypatch.setattr(Archive, "has", lambda *_: False)
    with ThreadPoolExecutor(8) as threads:
        hashes = set(threads.map(archive.put, [DATA * 1000] * 40))
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert hashes == {file.name} == {sha256_of(file.read_bytes())}
