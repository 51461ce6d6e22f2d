"""The files of the repository that derive from measures.yaml."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from nianbao.warehouse.series.comments import comments
from nianbao.warehouse.series.page import series_page
from nianbao.warehouse.series.statements import views

_VIEWS = Path("include/nianbao/warehouse/sql/views")
_MADE = "Made by `nianbao generate` from warehouse/series; edit what is there, not this file."


def derived_files() -> Iterator[tuple[Path, str]]:
    """Yield (path below the checkout, text) of each derived file."""
    yield Path("docs/series.md"), series_page()
    statements = "\n".join(views().values())
    yield _VIEWS / "40_series.sql", f"-- {_MADE}\n\n{statements}"
    text = yaml.safe_dump(comments(), allow_unicode=True, sort_keys=False, width=100)
    yield _VIEWS / "40_series.yaml", f"# {_MADE}\n{text}"
