"""The words that go with every export: what it is, how to cite it, what may be done with it."""

from importlib.resources import files

from nianbao.export.declared import read_yaml
from nianbao.export.selection import Selection
from nianbao.export.source import Published

NOTES = ("README.txt", "CITATION.txt", "LICENCE.txt")


def facts_of(source: Published, selection: Selection) -> dict[str, str]:
    """Return the words that templates are filled with."""
    declared = read_yaml("citation.yaml")
    facts = {
        "version": source.version,
        "content_hash": source.content_hash,
        "short_hash": source.content_hash[:16],
        "published_at": source.published_at,
        "date": source.published_at[:10],
        "home": declared["home"],
        "licence": declared["licence"],
        "selection": _selection(selection),
    }
    return {**facts, "citation": declared["citation"].format(**facts)}


def note(name: str, facts: dict[str, str]) -> str:
    """Return the text of one note."""
    return (files("nianbao.export") / "notes" / name).read_text("utf-8").format(**facts)


def _selection(selection: Selection) -> str:
    years = ", ".join(map(str, selection.years))
    parts = {"place": selection.place, "agency": selection.agency, "years": years}
    chosen = "; ".join(f"{key} {value}" for key, value in parts.items() if value)
    return chosen or "all reports 全部年报"
