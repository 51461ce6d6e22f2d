"""What is left between two steps of a publication is brought to its end by the next writer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nianbao.errors import ConfigurationError
from nianbao.warehouse import publish as publishing
from nianbao.warehouse import recovery
from nianbao.warehouse.publish import publish, rollback
from nianbao.warehouse.recovery import finish, writer
from nianbao.warehouse.versions import Version, current_version, load_listing, load_versions
from support.copies import Copies

NOW = datetime(2026, 2, 1, tzinfo=UTC)


class KilledError(BaseException):
    """Stands for a kill: nothing of ours catches it."""


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


def released(copies: Copies, number: int) -> Version:
    hour = NOW.replace(hour=number)
    return publish(copies.root, copies.staging(number), str(number), hour, sequence=number)


def killed(*_: object, **__: object) -> None:
    raise KilledError


@pytest.mark.parametrize(
    ("step", "where"),
    [
        ("_keep_checks", recovery),
        ("save_listing", recovery),
        ("switch", recovery),
        ("remove_old", publishing),
        ("clear_superseded", publishing),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_once_the_folder_is_renamed_the_next_writer_publishes_it(
    copies: Copies, monkeypatch: pytest.MonkeyPatch, step: str, where: object
) -> None:
    first = released(copies, 1)
    with monkeypatch.context() as patch:
        # The first call of `switch` brings the last publication to its end.
        calls = iter([killed] if step != "switch" else [lambda *_: None, killed])
        patch.setattr(where, step, lambda *args, **kwargs: next(calls)(*args, **kwargs))
        with pytest.raises(KilledError):
            released(copies, 2)
    assert current_version(copies.root).id in {version.id for version in (first, *_listed(copies))}
    with writer(copies.root):
        pass
    current = current_version(copies.root)
    assert (current.sequence, current) == (2, _listed(copies)[-1])
    assert (copies.root / "checks" / f"{current.id}.parquet").exists()


@pytest.mark.parametrize("step", ["write_delta", "replace_text", "sync"])
def test_before_the_rename_the_old_version_stands(
    copies: Copies, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = released(copies, 1)
    with monkeypatch.context() as patch:
        patch.setattr(publishing, step, killed)
        with pytest.raises(KilledError):
            released(copies, 2)
    finish(copies.root)
    assert _listed(copies) == [first]
    assert current_version(copies.root) == first


def test_a_rollback_that_was_decided_is_carried_out(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = released(copies, 1), released(copies, 2)
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "switch", killed)
        with pytest.raises(KilledError):
            rollback(copies.root, first.id, NOW)
    assert current_version(copies.root) == second
    finish(copies.root)
    assert current_version(copies.root) == first


def test_a_lost_list_is_made_from_the_folders(copies: Copies) -> None:
    versions = [released(copies, number) for number in (1, 2)]
    (copies.root / "versions.json").unlink()
    finish(copies.root)
    assert _listed(copies) == versions


def test_a_version_before_the_first_leaves_no_pointer(copies: Copies) -> None:
    finish(copies.root)
    assert load_listing(copies.root).due is None


def test_a_damaged_line_of_a_version_is_told(copies: Copies) -> None:
    version = released(copies, 1)
    (copies.root / "versions.json").unlink()
    (copies.root / "versions" / version.id / "version.json").write_text("[]", "utf-8")
    with pytest.raises(ConfigurationError, match=r"version\.json is damaged"):
        finish(copies.root)


def _listed(copies: Copies) -> list[Version]:
    return load_versions(copies.root)
