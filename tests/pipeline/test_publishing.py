"""Which builds become the current version, and what an operator is told of the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nianbao.errors import BuildError, ConfigurationError
from nianbao.pipeline import warehouse
from nianbao.pipeline.sources import code_lines
from nianbao.pipeline.versions import changed_reports, described_versions, roll_back
from nianbao.warehouse.versions import current_version, load_versions
from support.copies import Copies, quick_builds
from support.installation import Installation, installed, reports
from support.publish_kills import STEPS, Victims, _started, _words


@pytest.fixture
def installation(tmp_path: Path, copies: Copies) -> Iterator[Installation]:
    installation = installed(tmp_path)
    installation.harvest(reports(1))
    with quick_builds(copies.template):
        yield installation


def test_a_slow_older_build_does_not_replace_a_newer_one(installation: Installation) -> None:
    slow = installation.check()
    installation.harvest(reports(2))
    newer = installation.publish()
    late = installation.publish(slow)
    assert (late["outcome"], late["new"], late["version"]) == (
        "superseded",
        False,
        newer["version"],
    )
    assert installation.query("SELECT title FROM reports") == [("第2号年报",)]
    assert list((installation.root / "staging").iterdir()) == []


def test_an_older_build_is_not_even_checked(installation: Installation) -> None:
    slow = warehouse.build(installation.settings)
    installation.harvest(reports(2))
    installation.publish()
    assert warehouse.check(installation.settings, slow)["outcome"] == "superseded"


def test_a_publication_that_is_repeated_has_been_done(installation: Installation) -> None:
    built = installation.check()
    first, again = installation.publish(built), installation.publish(built)
    assert (again["outcome"], again["version"]) == ("published", first["version"])
    assert len(load_versions(installation.root)) == 1


def test_a_rollback_holds_until_there_is_other_content(installation: Installation) -> None:
    first = installation.publish()
    installation.harvest(reports(2))
    second = installation.publish()
    assert [v.id for v in roll_back(installation.settings, first["version"])] == [second["version"]]

    same = warehouse.build(installation.settings)
    assert (same["outcome"], same["version"]) == ("held", first["version"])
    states = [entry["state"] for entry in described_versions(installation.settings)]
    assert states == ["current", "held"]


def test_a_harvest_that_brings_nothing_does_not_end_a_rollback(installation: Installation) -> None:
    first = installation.publish()
    installation.harvest(reports(2))
    installation.publish()
    roll_back(installation.settings, first["version"])
    installation.visit_again()
    held = installation.publish()
    assert (held["outcome"], held["version"]) == ("held", first["version"])


def test_other_content_ends_a_rollback(installation: Installation) -> None:
    first = installation.publish()
    installation.harvest(reports(2))
    installation.publish()
    roll_back(installation.settings, first["version"])
    installation.harvest(reports(3))
    third = installation.publish()
    assert (third["outcome"], third["delta"]["against"]) == ("published", first["version"])
    assert [entry["state"] for entry in described_versions(installation.settings)] == [
        "kept",
        "kept",
        "current",
    ]


def test_a_build_that_began_before_a_rollback_is_not_published(installation: Installation) -> None:
    first = installation.publish()
    installation.harvest(reports(2))
    installation.publish()
    installation.harvest(reports(3))
    begun = installation.check()
    roll_back(installation.settings, first["version"])
    assert installation.publish(begun)["outcome"] == "superseded"


def test_going_forward_to_the_newest_ends_a_rollback(installation: Installation) -> None:
    first = installation.publish()
    installation.harvest(reports(2))
    second = installation.publish()
    roll_back(installation.settings, first["version"])
    assert roll_back(installation.settings, second["version"]) == ()
    assert warehouse.build(installation.settings)["outcome"] == "unchanged"


def test_what_changed_is_listed_by_report(installation: Installation) -> None:
    installation.publish()
    installation.harvest(reports(2))
    version = installation.publish()["version"]
    entry, [row] = changed_reports(installation.settings, version)
    assert (entry["id"], row["change"], row["new_title"]) == (version, "changed", "第2号年报")
    with pytest.raises(ConfigurationError, match="no published version"):
        changed_reports(installation.settings, "nothing")


def test_two_publishers_at_once_leave_one_whole_version(
    installation: Installation, copies: Copies
) -> None:
    victims = Victims(installation.settings, copies.template)
    both = [_started(victims) for _ in range(2)]
    last = {[*_words(told)][-1] for _, told in both}
    for process, _ in both:
        process.join()
    # Whoever waits too long for the other one is told so, in the step where it waited.
    assert last & {"published"}
    assert last <= {"published", "unchanged", "superseded", *STEPS}
    [version] = load_versions(installation.root)
    assert current_version(installation.root) == version


def test_a_build_that_fails_leaves_no_staging_folder(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise BuildError("no")

    monkeypatch.setattr("nianbao.warehouse.build.build", broken)
    with pytest.raises(BuildError):
        warehouse.build(installation.settings)
    assert list((installation.root / "staging").iterdir()) == []


@pytest.mark.parametrize("name", ["new.py", "new.sql", "new.yaml", "new.csv"])
def test_a_change_of_our_own_code_makes_a_build_of_its_own(tmp_path: Path, name: str) -> None:
    for package in ("divisions", "forms", "model", "quality", "verdicts", "warehouse/tables"):
        (tmp_path / package).mkdir(parents=True)
    before = list(code_lines(tmp_path))
    (tmp_path / "warehouse" / "tables" / name).write_text("1", "utf-8")
    after = list(code_lines(tmp_path))
    (tmp_path / "warehouse" / "tables" / name).write_text("2", "utf-8")
    assert len({tuple(before), tuple(after), tuple(code_lines(tmp_path))}) == 3
