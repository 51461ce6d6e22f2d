"""The cookbook: one question a file, with its SQL and what to mind, and the page made from them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import ConfigurationError

FOLDER = Path("docs/cookbook")
_NAME = re.compile(r"^(\d{2})_([a-z0-9_]+)$")
_HEADER = re.compile(r"^-- (zh|en|mind): (.+)$")


@dataclass(frozen=True)
class Recipe:
    """One question with the statement that answers it."""

    number: int
    name: str
    zh: str
    en: str
    mind: tuple[str, ...]
    sql: str

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.number:02d}_{self.name}.sql"


def load_recipes(root: Path) -> list[Recipe]:
    """Return the recipes of a checkout, in order.

    Raises `ConfigurationError` where a file has another name or header than it should.
    """
    return [recipe_from(path) for path in sorted((root / FOLDER).glob("*.sql"))]


def recipe_from(path: Path) -> Recipe:
    """Return one recipe: comment lines `zh`, `en` and `mind` at the top, then the statement."""
    name = _NAME.match(path.stem)
    lines = path.read_text("utf-8").splitlines()
    header = [found for line in lines if (found := _HEADER.match(line))]
    said: dict[str, list[str]] = {}
    for found in header:
        said.setdefault(found[1], []).append(found[2])
    sql = "\n".join(lines[len(header) :]).strip()
    if not name or set(said) != {"zh", "en", "mind"} or sql.count(";") != 1 or sql[-1] != ";":
        raise ConfigurationError(
            f"{path.name}: a recipe is NN_name.sql, begins with '-- zh:', '-- en:' and '-- mind:', "
            "and is one statement with its semicolon"
        )
    return Recipe(int(name[1]), name[2], said["zh"][0], said["en"][0], tuple(said["mind"]), sql)


def cookbook_page(root: Path) -> str:
    """Return the page in Markdown."""
    preface = (root / FOLDER / "preface.md").read_text("utf-8")
    return preface + "\n" + "\n".join(_page(load_recipes(root))) + "\n"


def _page(recipes: list[Recipe]) -> Iterator[str]:
    for recipe in recipes:
        yield f"{recipe.number}. [{recipe.en}](#{_anchor(recipe)})"
    for recipe in recipes:
        yield f"\n## {_title(recipe)}\n"
        yield f"{recipe.zh}\n"
        yield from (f"- {line}" for line in recipe.mind)
        yield f"\n```sql\n-- {FOLDER.name}/{recipe.file}\n{recipe.sql}\n```"


def _title(recipe: Recipe) -> str:
    return f"{recipe.number}. {recipe.en}"


def _anchor(recipe: Recipe) -> str:
    """Return the anchor that a forge makes of the heading."""
    kept = re.sub(r"[^\w\- ]", "", _title(recipe).lower())
    return kept.replace(" ", "-")
