"""How publishers print official labels: as the form, by another name, with spaces, cut or misprinted."""

from collections.abc import Callable, Iterator
from random import Random

from nianbao.forms import Form
from nianbao.reports.text import without_ordinal

_HALF = str.maketrans("（）：，；“”", '():,;""')


def draw_labels(rng: Random, form: Form) -> dict[str, str]:
    """Return what is printed instead of some labels; each still names its own row or column only."""
    labels = dict(_labels(form))
    changed = {
        official: rng.choice(_CHANGES)(rng, official, aliases)
        for official, aliases in labels.items()
        if rng.random() < 0.15
    }
    return {official: text for official, text in changed.items() if text not in ("", *labels)}


def _labels(form: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    for table in form.tables:
        for block in table.blocks:
            yield from ((column.zh, column.aliases) for column in block.columns)
            yield from ((row.zh, row.aliases) for row in block.rows)


def _spaced(rng: Random, official: str, aliases: tuple[str, ...]) -> str:
    place = rng.randrange(1, len(official))
    return official[:place] + rng.choice([" ", "　", "\u00a0"]) + official[place:]


def _broken(rng: Random, official: str, aliases: tuple[str, ...]) -> str:
    place = rng.randrange(1, len(official))
    return official[:place] + "\n" + official[place:]


def _alias(rng: Random, official: str, aliases: tuple[str, ...]) -> str:
    return rng.choice(aliases) if aliases else ""


def _half_width(rng: Random, official: str, aliases: tuple[str, ...]) -> str:
    return official.translate(_HALF)


def _without_ordinal(rng: Random, official: str, aliases: tuple[str, ...]) -> str:
    return without_ordinal(official)


_CHANGES: tuple[Callable[[Random, str, tuple[str, ...]], str], ...] = (
    _spaced,
    _broken,
    _alias,
    _half_width,
    _without_ordinal,
)
