"""Every column that analysts see is explained; that the page is current holds test_generate."""

from nianbao.pipeline.dictionary import columns_without_meaning


def test_every_column_is_explained() -> None:
    assert columns_without_meaning() == []
