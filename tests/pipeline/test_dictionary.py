"""Every column that analysts see is explained; that the page is current holds test_generate."""

import pytest

from nianbao.pipeline.dictionary import columns_without_meaning


@pytest.mark.xfail(reason="views are being added; each must explain its columns", strict=False)
def test_every_column_is_explained() -> None:
    assert columns_without_meaning() == []
