"""`make golden`: the golden documents written anew.

The committed files are the truth; this tells how they came.
"""

from collections.abc import Iterator
from pathlib import Path

from support.golden_case import Case
from support.golden_hard import hard_cases
from support.golden_html import html_cases
from support.golden_office import office_cases
from support.golden_overlaid import renumbered_cases
from support.golden_paper import paper_cases
from support.golden_plain import plain_cases
from support.golden_quirk_rows import row_cases
from support.golden_quirk_tables import table_cases
from support.golden_quirk_texts import text_cases

FOLDER = Path(__file__).resolve().parents[1] / "golden"


def cases() -> Iterator[Case]:
    """Yield every golden document."""
    yield from html_cases()
    yield from plain_cases()
    yield from table_cases()
    yield from row_cases()
    yield from renumbered_cases()
    yield from text_cases()
    yield from hard_cases()
    yield from office_cases()
    yield from paper_cases()


def main() -> None:
    """Write the documents with their JSON files, once all of them could be made; the old ones go."""
    made = {case.name: case for case in cases()}
    for path in FOLDER.glob("*.json"):
        path.unlink()
        path.with_suffix("").unlink(missing_ok=True)
    for case in made.values():
        case.write(FOLDER)
    print(f"{len(made)} documents in {FOLDER}")


if __name__ == "__main__":
    main()
