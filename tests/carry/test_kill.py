"""Real processes, killed in the middle."""

from pathlib import Path

from campaign.carry import trial


def test_a_pack_and_an_unpack_that_were_killed_are_done_again(tmp_path: Path) -> None:
    trial(tmp_path, 0.1, 0.2)
