"""A full disk is one clear error, and readers keep the version they have."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nianbao.errors import BuildError, VerdictError
from nianbao.pipeline import warehouse
from support.copies import Copies, quick_builds
from support.installation import Installation, installed, reports


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file of this process grow over a size, as a full disk would not."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def installation(tmp_path: Path, copies: Copies) -> Iterator[Installation]:
    """A version is published, and another report is there."""
    installation = installed(tmp_path)
    installation.harvest(reports(1))
    with quick_builds(copies.template):
        installation.publish()
        installation.harvest(reports(2))
        yield installation


def reports_seen(installation: Installation) -> int:
    """Return the number in the title, which each version has one of."""
    [(title,)] = installation.query("SELECT title FROM reports")
    return int(title.strip("第号年报"))


def test_no_room_for_the_build(installation: Installation) -> None:
    with full_disk(300_000), pytest.raises(BuildError, match="could not be built"):
        warehouse.build(installation.settings)
    assert list((installation.root / "staging").iterdir()) == []
    assert reports_seen(installation) == 1
    assert installation.publish()["outcome"] == "published"


def test_no_room_for_the_store_of_verdicts(installation: Installation) -> None:
    with full_disk(20_000), pytest.raises(VerdictError, match="could not be read") as raised:
        warehouse.build(installation.settings)
    assert len(str(raised.value).splitlines()) == 1
    assert reports_seen(installation) == 1
    assert installation.publish()["outcome"] == "published"


def test_no_room_for_the_checks(installation: Installation) -> None:
    built = warehouse.build(installation.settings)
    with full_disk(1_000), pytest.raises(BuildError, match="could not be checked"):
        warehouse.check(installation.settings, built)
    assert reports_seen(installation) == 1
    assert installation.publish()["outcome"] == "published"


@pytest.mark.parametrize("size", [0, 100, 1_000, 3_000])
def test_no_room_for_the_publication(installation: Installation, size: int) -> None:
    built = installation.check()
    with full_disk(size), pytest.raises(BuildError, match="could not be published") as raised:
        installation.publish(built)
    assert len(str(raised.value).splitlines()) == 1
    assert reports_seen(installation) == 1
    installation.publish()
    assert reports_seen(installation) == 2
