"""What one zone archived arrives in the other, whatever the order, the size and the interruptions."""

import contextlib
import errno
import os
import random
import shutil
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nianbao.archive import read_log
from nianbao.archive.log import write_part
from nianbao.archive.place import Place
from nianbao.carry import packing, unpacking
from nianbao.carry.packing import bytes_of
from nianbao.errors import CarryError, LockedError
from nianbao.pipeline import carry
from support.carried import START, Zone, fetch


@pytest.fixture
def sender(tmp_path: Path) -> Zone:
    return Zone(tmp_path / "sender")


@pytest.fixture
def receiver(tmp_path: Path) -> Zone:
    return Zone(tmp_path / "receiver")


def unpack(zone: Zone, *packs: Path) -> list[dict]:
    return list(carry.unpack(zone.settings, packs))


HARVESTS = st.lists(st.lists(st.binary(max_size=40), max_size=4), min_size=1, max_size=5)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(harvests=HARVESTS, chance=st.randoms(use_true_random=False), limit=st.booleans())
@example(harvests=[[b"a"], [b"a"]], chance=random.Random(1), limit=True)
def test_increments_in_any_order_twice_and_overlapping_make_the_same_archive(
    harvests: list[list[bytes]], chance: random.Random, limit: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sender, receiver = Zone(folder / "sender"), Zone(folder / "receiver")
        size = 16_000 if limit else None
        for number, documents in enumerate(harvests):
            sender.harvest(*documents, finished=chance.random() < 0.8)
            since = folder / "state" if chance.random() < 0.8 else None
            carry.pack(sender.settings, folder / f"p{number}.zip", since, max_size=size)
        carry.pack(sender.settings, folder / "rest.zip", folder / "state", max_size=size)
        packs = sorted(folder.glob("*.zip"))
        assert all(size is None or pack.stat().st_size <= size for pack in packs)
        unpack(receiver, *chance.sample(packs, len(packs)), *packs[:2])
        assert receiver.files() == sender.files()
        assert read_log(receiver.root).equals(read_log(sender.root))


def test_nothing_new_makes_no_pack(sender: Zone, tmp_path: Path) -> None:
    sender.harvest(b"a")
    carry.pack(sender.settings, tmp_path / "1.zip", tmp_path / "state")
    assert carry.pack(sender.settings, tmp_path / "2.zip", tmp_path / "state")["packs"] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "1.zip", "1.zip.sha256", "sender", "state",
    ]  # fmt: skip


def test_a_lost_medium_is_packed_again_with_the_state_before(
    sender: Zone, receiver: Zone, tmp_path: Path
) -> None:
    sender.harvest(b"a")
    carry.pack(sender.settings, tmp_path / "1.zip", tmp_path / "state")
    sender.harvest(b"b")
    carry.pack(sender.settings, tmp_path / "lost.zip", tmp_path / "state")
    carry.pack(sender.settings, tmp_path / "2.zip", tmp_path / "state.before")
    unpack(receiver, tmp_path / "1.zip", tmp_path / "2.zip")
    assert receiver.files() == sender.files()


def test_a_state_of_the_receiver_leaves_out_what_it_has(
    sender: Zone, receiver: Zone, tmp_path: Path
) -> None:
    sender.harvest(b"a")
    carry.pack(sender.settings, tmp_path / "1.zip")
    unpack(receiver, tmp_path / "1.zip")
    carry.keep_state(receiver.settings, tmp_path / "state")
    sender.harvest(b"b", b"c")
    made = carry.pack(sender.settings, tmp_path / "2.zip", tmp_path / "state")
    assert made["documents"] == 2


def test_a_journal_grows_and_becomes_its_part(sender: Zone, receiver: Zone, tmp_path: Path) -> None:
    [sha256] = sender.harvest(b"a", finished=False, run="r")
    [journal] = Path(sender.root).glob("log/r/*.journal")
    with journal.open("ab") as file:
        file.write(b'{"cut by a k')
    carry.pack(sender.settings, tmp_path / "1.zip", tmp_path / "state")
    write_part(sender.root, "r", journal.stem, [fetch(sha256), fetch(None, 2, 1)])
    journal.unlink()
    carry.pack(sender.settings, tmp_path / "2.zip", tmp_path / "state")
    for order in ("12", "21"):
        receiver = Zone(tmp_path / order)
        unpack(receiver, *(tmp_path / f"{number}.zip" for number in order))
        assert read_log(receiver.root).equals(read_log(sender.root))


def test_a_part_that_an_object_store_puts_anew_takes_the_place_of_the_shorter_one(
    receiver: Zone, tmp_path: Path
) -> None:
    sender = Zone(tmp_path)
    sender.settings = sender.settings.model_copy(
        update={"archive_url": f"memory://{tmp_path.name}/archive"}
    )
    root = sender.settings.archive_root
    lines = [fetch(None, number, number) for number in range(3)]
    for number in (1, 2):
        write_part(root, "r", "part-0000", lines[: number + 1])
        carry.pack(sender.settings, tmp_path / f"{number}.zip", tmp_path / "state")
    unpack(receiver, tmp_path / "2.zip", tmp_path / "1.zip")
    assert read_log(receiver.root).equals(read_log(root))


def test_an_archive_in_a_bucket_takes_packs_in(sender: Zone, tmp_path: Path) -> None:
    sender.harvest(b"a", b"b")
    carry.pack(sender.settings, tmp_path / "1.zip", max_size=14_000)
    url = f"memory://{tmp_path.name}-bucket/archive"
    bucket = sender.settings.model_copy(update={"archive_url": url})
    list(carry.unpack(bucket, sorted(tmp_path.glob("*.zip"), reverse=True)))
    held = {path: Place.at(url).read(path) for path in sender.files()}
    assert held == sender.files()


def test_a_log_waits_for_its_bytes_and_is_read_only_then(
    sender: Zone, receiver: Zone, tmp_path: Path
) -> None:
    sender.harvest(b"a")
    carry.pack(sender.settings, tmp_path / "1.zip", tmp_path / "state")
    sender.harvest(b"a", b"b")
    carry.pack(sender.settings, tmp_path / "2.zip", tmp_path / "state")
    [first] = unpack(receiver, tmp_path / "2.zip")
    assert (first["still_waiting"], len(read_log(receiver.root))) == (2, 0)
    [second] = unpack(receiver, tmp_path / "1.zip")
    assert (second["settled"], second["still_waiting"]) == (2, 0)
    assert receiver.files() == sender.files()


def test_what_the_sender_lacks_itself_holds_nothing_up(
    sender: Zone, receiver: Zone, tmp_path: Path
) -> None:
    damaged, lost, _ = sender.harvest(b"a", b"b", b"c")
    for sha256, data in ((damaged, b"other"), (lost, None)):
        path = Path(sender.root) / "bytes" / sha256[:2] / sha256
        path.write_bytes(data) if data else path.unlink()
    made = carry.pack(sender.settings, tmp_path / "1.zip", tmp_path / "state")
    assert [line.split()[1:] for line in made["left_out"]] == [
        ["is", "damaged", "here", "and", "was", "left", "out"]
    ]
    [came] = unpack(receiver, tmp_path / "1.zip")
    assert (came["bytes"], came["still_waiting"]) == ({"new": 1}, 0)
    Path(sender.root, "bytes", damaged[:2], damaged).write_bytes(b"a")
    carry.pack(sender.settings, tmp_path / "2.zip", tmp_path / "state")
    [came] = unpack(receiver, tmp_path / "2.zip")
    assert came["bytes"] == {"new": 1}


def test_bytes_that_were_cut_short_here_are_mended(
    sender: Zone, receiver: Zone, tmp_path: Path
) -> None:
    [sha256] = sender.harvest(b"abc")
    carry.pack(sender.settings, tmp_path / "1.zip")
    unpack(receiver, tmp_path / "1.zip")
    (Path(receiver.root) / "bytes" / sha256[:2] / sha256).write_bytes(b"a")
    unpack(receiver, tmp_path / "1.zip")
    assert receiver.files() == sender.files()


def test_two_that_unpack_at_once_leave_nothing_waiting(
    sender: Zone, receiver: Zone, tmp_path: Path
) -> None:
    sender.harvest(*(bytes([number]) * 900 for number in range(12)))
    carry.pack(sender.settings, tmp_path / "p.zip", max_size=14_000)
    packs = sorted(tmp_path.glob("p-*.zip"))
    assert len(packs) > 1
    workers = [
        threading.Thread(target=unpack, args=(receiver, *order)) for order in (packs, packs[::-1])
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert receiver.files() == sender.files()


def test_a_disk_that_fills_is_one_line_and_the_next_unpack_completes_it(
    sender: Zone, receiver: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.harvest(*(bytes([number]) for number in range(5)))
    carry.pack(sender.settings, tmp_path / "1.zip")
    write, left = Place.write, iter(range(3))

    def filling(place: Place, path: str, data: bytes) -> str:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(place, path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Place, "write", filling)
        with pytest.raises(CarryError, match=r"1\.zip could not be put in place: .*No space left"):
            unpack(receiver, tmp_path / "1.zip")
    assert len(read_log(receiver.root)) == 0
    unpack(receiver, tmp_path / "1.zip")
    assert receiver.files() == sender.files()


def test_a_disk_without_room_is_told_before_anything_is_put(
    sender: Zone, receiver: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.harvest(b"abc")
    carry.pack(sender.settings, tmp_path / "1.zip")
    usage = shutil.disk_usage(tmp_path)._replace(free=2)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(CarryError, match="3 bytes are needed and 2 are free"):
        unpack(receiver, tmp_path / "1.zip")
    assert not receiver.files()


def test_a_medium_that_fills_leaves_no_pack_and_the_state_as_it_was(
    sender: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.harvest(b"abc")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(packing.PackWriter, "add", full)
    with pytest.raises(CarryError, match=r"1\.zip could not be written: .*No space left"):
        carry.pack(sender.settings, tmp_path / "1.zip", tmp_path / "state")
    assert [path.name for path in tmp_path.iterdir()] == ["sender"]


def test_two_packs_into_one_file_or_over_an_older_one_are_refused(
    sender: Zone, tmp_path: Path
) -> None:
    sender.harvest(b"abc")
    with packing.alone(tmp_path / "1.zip"), pytest.raises(LockedError, match="another process"):
        carry.pack(sender.settings, tmp_path / "1.zip")
    carry.pack(sender.settings, tmp_path / "1.zip")
    with pytest.raises(CarryError, match="is there already"):
        carry.pack(sender.settings, tmp_path / "1.zip")


def test_a_document_too_large_for_the_medium_is_named(sender: Zone, tmp_path: Path) -> None:
    sender.harvest(random.Random(1).randbytes(20_000))
    with pytest.raises(CarryError, match=r"bytes/.* has 20000 bytes: no room for it"):
        carry.pack(sender.settings, tmp_path / "1.zip", max_size=bytes_of("15K"))


def test_sizes_are_read_as_people_write_them() -> None:
    assert [bytes_of(text) for text in ("700MB", "4g", "12 K", "5")] == [
        700_000_000, 4_000_000_000, 12_000, 5,
    ]  # fmt: skip
    for text in ("", "0", "-1", "1TB", "big"):
        with pytest.raises(CarryError, match="no size"):
            bytes_of(text)


def test_the_receipts_tell_what_came(sender: Zone, receiver: Zone, tmp_path: Path) -> None:
    sender.harvest(b"a", b"b")
    carry.pack(sender.settings, tmp_path / "1.zip", now=START)
    unpack(receiver, tmp_path / "1.zip")
    [receipt] = Path(receiver.root, "received").iterdir()
    text = receipt.read_text("utf-8")
    assert '"pack": "1.zip"' in text
    assert '"new": 2' in text


def test_verify_names_what_is_damaged_and_what_is_missing(receiver: Zone) -> None:
    damaged, lost, _ = receiver.harvest(b"a", b"b", b"c")
    folder = Path(receiver.root) / "bytes"
    (folder / damaged[:2] / damaged).write_bytes(b"x")
    (folder / lost[:2] / lost).unlink()
    lines: list[str] = []
    counts = carry.verify(receiver.settings, lines.append)
    assert counts == {"documents": 2, "damaged": 1, "missing": 1, "waiting": 0}
    assert [line.partition(":")[0] for line in lines] == ["archive_damaged", "archive_missing"]


def test_an_unpack_that_ends_anywhere_is_completed_by_the_next(
    sender: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.harvest(b"a", b"b", finished=False)
    sender.harvest(b"c")
    carry.pack(sender.settings, tmp_path / "1.zip")
    write = Place.write
    for steps in range(9):
        receiver, left = Zone(tmp_path / f"r{steps}"), iter(range(steps))

        def killed(place: Place, path: str, data: bytes, left=left) -> str:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return write(place, path, data)

        with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
            patch.setattr(unpacking.Place, "write", killed)
            unpack(receiver, tmp_path / "1.zip")
        named = [sha256 for sha256 in read_log(receiver.root)["sha256"].to_pylist() if sha256]
        held = receiver.files()
        assert all(f"bytes/{sha256[:2]}/{sha256}" in held for sha256 in named)
        unpack(receiver, tmp_path / "1.zip")
        assert receiver.files() == sender.files()
