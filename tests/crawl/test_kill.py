"""A harvest that is killed and gone on with; the long version is `make campaign-crawl`."""

from pathlib import Path

from campaign.crawl_kill import killed


def test_killed_and_resumed_every_document_is_archived_once_and_asked_for_once(tmp_path: Path):
    came = killed(tmp_path, kills=3, reports=60)
    assert came.not_once == ()
    assert came.too_often == ()
    assert came.asked <= came.documents + came.kills
