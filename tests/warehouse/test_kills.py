"""A kill at any moment leaves the old version or the new one; `make campaign-publish` kills a hundred."""

from pathlib import Path

from support.copies import Copies
from support.publish_kills import campaign


def test_after_a_kill_readers_see_one_whole_version_and_the_next_run_completes(
    tmp_path: Path,
) -> None:
    template = Copies(tmp_path, 3).template
    found = campaign(tmp_path / "home", kills=5, documents=3, seed=1, template=template)
    assert found.wrong == []
    assert found.fell.total() == 5
