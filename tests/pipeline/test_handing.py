"""Batches go to other processes by name, and hold about the same work."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nianbao.archive.log import write_part
from nianbao.errors import ReadError
from nianbao.model import Fetch, sha256_of
from nianbao.pipeline.handing import hand_on, taken
from nianbao.pipeline.reading import pending
from nianbao.settings import Settings

AT = datetime(2026, 1, 20, tzinfo=UTC)


def archive_of(settings: Settings, *media_types: str | None) -> None:
    write_part(
        settings.archive_root,
        "run",
        "part",
        [
            Fetch(
                "p", f"http://a/{number}", "report", "fetched", AT, 1,
                sha256=sha256_of(str(number).encode()), media_type=media_type,
            )
            for number, media_type in enumerate(media_types)
        ],
    )  # fmt: skip


def sizes(settings: Settings, limit: int | None = None) -> list[int]:
    return [len(batch) for batch in pending(settings, limit)]


def test_a_batch_is_taken_by_its_name_until_the_next_ones_are_handed_on(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    [one, two] = hand_on(settings, [["a" * 64, "b" * 64], ["c" * 64]])
    assert (one["documents"], one["first"], two["documents"]) == (2, "a" * 8, 1)
    assert taken(settings, one["batch"]) == ["a" * 64, "b" * 64]
    hand_on(settings, [["c" * 64]])
    assert taken(settings, two["batch"]) == ["c" * 64]
    with pytest.raises(ReadError, match="a later harvest"):
        taken(settings, one["batch"])


def test_ten_pages_weigh_as_much_as_one_other_file(tmp_path: Path) -> None:
    pages, files = Settings(home=tmp_path / "a"), Settings(home=tmp_path / "b")
    archive_of(pages, *["text/html"] * 100)
    archive_of(files, *[None, "application/pdf"] * 50)
    whole = {"reading_batch": 5}
    assert max(sizes(pages.model_copy(update=whole))) <= 51
    assert max(sizes(files.model_copy(update=whole))) <= 6


def test_a_little_is_spread_over_workers_and_much_over_no_more_than_they_take(
    tmp_path: Path,
) -> None:
    settings = Settings(home=tmp_path)
    archive_of(settings, *["text/html"] * 1000)
    assert sizes(settings.model_copy(update={"reading_batch": 50})) == [125] * 8
    assert sizes(settings.model_copy(update={"reading_batch": 500})) == [1000]
    assert sizes(settings.model_copy(update={"reading_batch": 1}), limit=3) == [334, 334, 332]
