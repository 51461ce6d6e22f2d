"""A pack that is not as it was made is refused with one line, and nothing of it is put in place."""

import json
import random
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from nianbao.carry.manifest import MANIFEST
from nianbao.carry.names import kind_of
from nianbao.errors import CarryError
from nianbao.model import sha256_of
from nianbao.pipeline import carry
from support.carried import START, Zone, rewritten

Entries = dict[str, bytes]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    sender = Zone(tmp_path / "sender")
    sender.harvest(b"<html>" * 40, b"other")
    carry.pack(sender.settings, tmp_path / "p.zip", now=START)
    return tmp_path / "p.zip"


@pytest.fixture
def receiver(tmp_path: Path) -> Zone:
    return Zone(tmp_path / "receiver")


def refused(receiver: Zone, pack: Path, match: str, expected: str = "") -> None:
    with pytest.raises(CarryError, match=match) as raised:
        list(carry.unpack(receiver.settings, [pack], expected))
    assert "\n" not in str(raised.value)
    assert not Path(receiver.root).exists()


def a_document(entries: Entries) -> str:
    return next(name for name in entries if name.startswith("bytes/"))


def told(entries: Entries, files: Mapping[str, bytes], **changes: object) -> Entries:
    """Let the manifest name other files, with the right sizes and hashes."""
    manifest = json.loads(entries[MANIFEST])
    manifest["files"] = [
        {"path": path, "size": len(data), "sha256": sha256_of(data)} for path, data in files.items()
    ]
    return {**files, MANIFEST: json.dumps({**manifest, **changes}).encode()}


def test_a_changed_file(receiver: Zone, pack: Path) -> None:
    rewritten(pack, lambda entries: {**entries, a_document(entries): b"changed"})
    refused(receiver, pack, r"damaged: bytes/.* is not as its manifest says")


def test_a_document_under_a_hash_that_is_not_its_own(receiver: Zone, pack: Path) -> None:
    rewritten(pack, lambda entries: told(entries, {a_document(entries): b"changed"}))
    refused(receiver, pack, "the manifest gives another hash for bytes/")


def test_a_missing_file(receiver: Zone, pack: Path) -> None:
    def without(entries: Entries) -> Entries:
        name = a_document(entries)
        return {other: data for other, data in entries.items() if other != name}

    refused(receiver, rewritten(pack, without), "missing in it: 'bytes/")


def test_a_foreign_file(receiver: Zone, pack: Path) -> None:
    rewritten(pack, lambda entries: {**entries, "autorun.inf": b"x"})
    refused(receiver, pack, r"not in its manifest: 'autorun\.inf'")


TRICKS = (
    "../../etc/passwd", "/etc/passwd", "bytes/../../x", "log/../x.parquet", "log/r/../../x.parquet",
    "C:\\x", "log\\r\\x.parquet", "log/r/.hidden.parquet", "bytes/ab/" + "cd" * 32, "log/r/x.exe",
    "bytes/ab/ab" + "CD" * 31, "warehouse/versions.json", "waiting/x.json", "identities.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_a_name_that_leads_elsewhere(receiver: Zone, pack: Path, name: str) -> None:
    rewritten(pack, lambda entries: told(entries, {name: b"x"}))
    refused(receiver, pack, "no name that a pack may hold")


def test_a_file_may_wait_only_for_parts_of_the_log(receiver: Zone, pack: Path) -> None:
    rewritten(pack, lambda entries: told(entries, {}, needs={"asked/r/x.parquet": ["../../x"]}))
    refused(receiver, pack, "no part of a log that a file may wait for")


def test_a_name_twice(receiver: Zone, pack: Path) -> None:
    with zipfile.ZipFile(pack, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(MANIFEST, b"{}")
    refused(receiver, pack, r"2 files are called manifest\.json")


def test_a_pack_that_another_version_made(receiver: Zone, pack: Path) -> None:
    rewritten(pack, lambda entries: told(entries, {}, format="nianbao-pack/9"))
    refused(receiver, pack, "not a pack of this version: format 'nianbao-pack/9'")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b"[" * 100_000, b'{"format": "nianbao-pack/1"}']
)
def test_a_manifest_that_is_none(receiver: Zone, pack: Path, data: bytes) -> None:
    rewritten(pack, lambda entries: {**entries, MANIFEST: data})
    refused(receiver, pack, "manifest|not a pack of this version")


def test_a_backup_is_for_another_command(receiver: Zone, pack: Path) -> None:
    rewritten(pack, lambda entries: told(entries, {}, purpose="backup"))
    refused(receiver, pack, "is for another command: nianbao restore")


def test_what_is_no_zip_at_all(receiver: Zone, tmp_path: Path) -> None:
    for data in (b"", b"PK\x03\x04", b"MZ" * 400):
        (tmp_path / "p.zip").write_bytes(data)
        refused(receiver, tmp_path / "p.zip", "is no pack, or its end is missing")
    refused(receiver, tmp_path / "none.zip", "could not be read: No such file")


def test_a_pack_with_a_password(receiver: Zone, pack: Path) -> None:
    data = bytearray(pack.read_bytes())
    place = data.find(b"PK\x01\x02")
    struct.pack_into("<H", data, place + 8, 1)
    pack.write_bytes(data)
    refused(receiver, pack, "is encrypted")


def test_the_senders_hash_is_held_against_the_file(receiver: Zone, pack: Path) -> None:
    sha256 = sha256_of(pack.read_bytes())
    assert pack.with_name("p.zip.sha256").read_text("ascii") == f"{sha256}  p.zip\n"
    refused(receiver, pack, f"p.zip has the SHA-256 {sha256}, not {'0' * 64}", "0" * 64)
    list(carry.unpack(receiver.settings, [pack], sha256.upper()))


def test_a_file_that_unpacks_to_more_than_it_says_is_not_read_to_its_end(
    receiver: Zone, pack: Path
) -> None:
    def bomb(entries: Entries) -> Entries:
        manifest = json.loads(entries[MANIFEST])
        manifest["files"] = [{**one, "size": 10} for one in manifest["files"]]
        return {**entries, MANIFEST: json.dumps(manifest).encode()}

    refused(receiver, rewritten(pack, bomb), "is not as its manifest says")


def test_a_pack_cut_anywhere(receiver: Zone, pack: Path) -> None:
    data = pack.read_bytes()
    for end in range(0, len(data), 97):
        pack.write_bytes(data[:end])
        refused(receiver, pack, r"p\.zip")


def test_a_pack_with_any_byte_changed_is_refused_or_says_the_same(
    receiver: Zone, pack: Path, tmp_path: Path
) -> None:
    data, chance = pack.read_bytes(), random.Random(7)
    sent = Zone(tmp_path / "sender").files()
    for number in range(150):
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        pack.write_bytes(changed)
        taken = Zone(tmp_path / f"r{number}")
        try:
            list(carry.unpack(taken.settings, [pack]))
        except CarryError:
            assert not taken.files()
        else:  # times, the page for people, bits that nobody reads
            assert taken.files() == sent


def test_windows_opens_what_is_packed(pack: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        methods = {info.compress_type for info in archive.infolist()}
        assert methods <= {zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED}
        assert all(info.filename.isascii() for info in archive.infolist())
        text = archive.read("README.txt")
    assert text.startswith(b"\xef\xbb\xbf")
    assert "请勿修改" in text.decode("utf-8-sig")
    assert text.count(b"\n") == text.count(b"\r\n")


def test_the_same_archive_at_the_same_time_gives_the_same_pack(pack: Path, tmp_path: Path) -> None:
    carry.pack(Zone(tmp_path / "sender").settings, tmp_path / "again.zip", now=START)
    assert (tmp_path / "again.zip").read_bytes() == pack.read_bytes()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("log/manual__2026-01-01T00%3A00%3A00%2B00%3A00/0a-1-ff.parquet", "log"),
        ("log/r/0a-1-ff.journal", "journal"),
        ("listed/r/0a-1-ff.parquet", "proof"),
        ("parsed/2026.1/part-0a.parquet", "parsed"),
        ("warehouse/versions/20260101T000000Z-00000000/exports/说明.csv", "version"),
        ("roster/某省.csv", "small"),
    ],
)
def test_names_of_ours(path: str, kind: str) -> None:
    assert kind_of(path) == kind
