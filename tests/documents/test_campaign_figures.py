"""A campaign of some formats leaves what others counted as it was."""

from campaign.figures import merged


def test_rows_of_formats_that_were_not_run_stay() -> None:
    before = [
        {"format": "pdf", "noise": "loud", "n": 1},
        {"format": "ocr", "noise": "quiet", "n": 2},
    ]
    again = [{"format": "pdf", "noise": "quiet", "n": 3}]
    assert merged(before, again, ("format", "noise")) == [before[1], *again]
