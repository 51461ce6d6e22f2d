"""Everything in the repository that derives from the form, rule and portal models."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nianbao.accuracy.expected import expected_schema
from nianbao.forms.docs import forms_page
from nianbao.pipeline.dictionary import data_dictionary
from nianbao.pipeline.organisations_page import organisations_page
from nianbao.portals.registry import portal_schema
from nianbao.quality.docs import rules_page
from nianbao.quality.expectations.suites import write_suites
from nianbao.quality.rule import load_rules
from nianbao.warehouse.cookbook import cookbook_page
from nianbao.warehouse.series.files import derived_files


def generate(root: Path, *, write: bool = True) -> list[Path]:
    """Bring the derived files below a checkout up to date; return those that were not."""
    changed = []
    for relative, text in _derived(root):
        path = root / relative
        if not path.exists() or path.read_text("utf-8") != text:
            changed.append(path)
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
    return changed


def _derived(root: Path) -> Iterator[tuple[Path, str]]:
    yield Path("docs/forms.md"), forms_page()
    bodies = Path("docs/organisations.md")
    if (root / bodies).exists():  # most of it is written by hand
        yield bodies, organisations_page((root / bodies).read_text("utf-8"))
    yield Path("docs/rules.md"), rules_page()
    expected = json.dumps(expected_schema(), ensure_ascii=False, indent=2, sort_keys=True)
    yield Path("docs/expected.schema.json"), expected + "\n"
    schema = json.dumps(portal_schema(), ensure_ascii=False, indent=2, sort_keys=True)
    yield Path("include/portals/schema.json"), schema + "\n"
    yield from derived_files()
    yield Path("docs/cookbook.md"), cookbook_page(root)
    yield Path("docs/data-dictionary.md"), data_dictionary()
    yield from _suites(root / "great_expectations")


def _suites(committed: Path) -> Iterator[tuple[Path, str]]:
    """Yield the suites, made in a folder of their own so that comparing writes nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(committed / "great_expectations.yml", folder)
        for path in sorted(write_suites(folder, load_rules())):
            yield Path(committed.name) / path.relative_to(folder), path.read_text("utf-8")
