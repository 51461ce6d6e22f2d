"""A random report with noise, before it becomes a file: its parts in reading order, tables as boxes."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from random import Random

from nianbao.sample.content import Heading, Text, Title
from support.noise_boxes import BoxTable, boxes_of
from support.noise_harmful_rows import HARMFUL
from support.noise_harmless import HARMLESS
from support.noise_reports import Drawn, draw_report, printed_parts, without_blanks

Randoms = Callable[[str], Random]
"""Random numbers by name: what one noise draws does not depend on the others."""
Spoil = Callable[[Random, BoxTable, str], set[str]]
NoisyPart = Title | Heading | Text | BoxTable


@dataclass(frozen=True)
class Written:
    """A file, and the reports that it prints."""

    data: bytes
    printed: tuple[Drawn, ...]


def randoms(seed: int) -> Randoms:
    """Return the random numbers of a seed."""
    return lambda name: Random(f"{seed} {name}")


def noisy_report(
    random: Randoms,
    noise: Collection[str],
    form: str | None,
    spoil: Spoil | None = None,
    taken: str = "",
    *,
    blanks: bool = True,
) -> tuple[list[NoisyPart], Drawn]:
    """Return the parts of a random report with noise on its tables, and what it then prints.

    `spoil` writes some numbers of a table so that they can't be read with certainty, in a way of the
    file's format; it is called with every noise that is none of the tables'.
    """
    drawn = draw_report(random("report"), form, taken)
    drawn = drawn if blanks else without_blanks(drawn)
    parts: list[NoisyPart] = []
    for number, part in enumerate(printed_parts(drawn)):
        if isinstance(part, tuple):
            tables, drawn = _changed(boxes_of(part), drawn, noise, random, number, spoil)
            parts += tables
        else:
            parts.append(part)
    return parts, drawn


def _changed(
    table: BoxTable,
    drawn: Drawn,
    noise: Collection[str],
    random: Randoms,
    number: int,
    spoil: Spoil | None,
) -> tuple[list[BoxTable], Drawn]:
    if not table.data_rows():
        return [table], drawn
    for name in sorted(noise) if spoil else ():
        spoilt = spoil(random(f"{number} {name}"), table, name) if spoil else ()
        drawn = drawn.altered({c: replace(drawn.printed[c], exact=False) for c in spoilt})
    for name in (name for name in HARMFUL if name in noise and table.data_rows()):
        lost = HARMFUL[name](random(f"{number} {name}"), table)
        drawn = drawn.altered(dict.fromkeys(lost))
    tables = [table]
    for name in (name for name in HARMLESS if name in noise):
        rng = random(f"{number} {name}")
        if rng.random() < 0.7:
            tables = [made for one in tables for made in _calmly(rng, one, name)]
    return tables, drawn


def _calmly(rng: Random, table: BoxTable, name: str) -> list[BoxTable]:
    return HARMLESS[name](rng, table) if table.data_rows() else [table]
