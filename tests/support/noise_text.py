"""Random reports as the text that Word exports, with noise: a cell a line after a tab."""

import codecs
from collections.abc import Collection
from random import Random

from nianbao.sample.content import Heading, Text, Title
from support.noise_boxes import BoxTable
from support.noise_document import NoisyPart, Written, noisy_report, randoms
from support.noise_harmful_rows import HARMFUL

_TABLES = (
    "blank rows",
    "caption row",
    "note row",
    "cut, header again",
    "header again",
    "sizing row",
)
_LINES = (
    "crlf",
    "gb18030",
    "utf-8 bom",
    "utf-16",
    "spaces behind",
    "bookmark",
    "white space",
    "form feeds",
)
_LOUD = ("blank line inside", "tab lost", "tab doubled", "rows joined", "one line", "cell broken")
QUIET = (*_TABLES, *_LINES)
LOUD = (*(name for name in HARMFUL if name != "rows as one"), *_LOUD)
"""What continues a merged cell is an empty line, so a number merged down can't be told from a blank."""


def write_text(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return the text of a seed."""
    random = randoms(seed)
    parts, drawn = noisy_report(random, noise, form)
    rng = random("lines")
    text = "\n".join(_part(rng, part, noise) for part in parts) + "\n"
    return Written(_encoded(rng, text, noise), (drawn,))


def _part(rng: Random, part: NoisyPart, noise: Collection[str]) -> str:
    match part:
        case Title(lines):
            return "\n".join(lines) + "\n"
        case Heading(text) | Text(text):
            mark = "[bookmark: _GoBack]" if "bookmark" in noise and rng.random() < 0.2 else ""
            return (
                f"{text}{mark}\f" if "form feeds" in noise and rng.random() < 0.1 else text + mark
            )
        case _:
            return _table(rng, part, noise) + "\n\n"


def _table(rng: Random, table: BoxTable, noise: Collection[str]) -> str:
    """Return a table; what continues a cell from the row above is an empty line."""
    rows: list[list[str]] = []
    for index, squares in enumerate(table.squares()):
        begun = table.rows[index]
        boxes = [
            b
            for at, b in enumerate(squares)
            if b is not None and (at == 0 or squares[at - 1] is not b)
        ]
        rows.append([b.text if any(b is own for own in begun) else "" for b in boxes])
    harm = next((name for name in _LOUD if name in noise), "")
    spoilt = rng.sample(range(len(rows)), min(2, len(rows))) if harm else []
    written = [_row(rng, row, harm if i in spoilt else "", noise) for i, row in enumerate(rows)]
    between = "\n" if harm == "rows joined" and rng.random() < 0.5 else "\n\n"
    return between.join(written)


def _row(rng: Random, texts: list[str], harm: str, noise: Collection[str]) -> str:
    pad = [" ", "\u00a0", "\u3000", ""] if "white space" in noise else [""]
    behind = [" ", "", ""] if "spaces behind" in noise else [""]
    lines = [f"\t{rng.choice(pad)}{text}{rng.choice(behind)}" for text in texts]
    at = rng.randrange(len(lines)) if lines else 0
    if harm == "one line":
        return "".join(lines)
    if harm == "blank line inside":
        lines.insert(at, "")
    elif harm == "tab lost" and lines:
        lines[at] = lines[at][1:]
    elif harm == "tab doubled" and lines:
        lines[at] = "\t" + lines[at]
    elif harm == "cell broken" and lines and len(lines[at]) > 2:
        place = rng.randrange(2, len(lines[at]))
        lines[at] = lines[at][:place] + "\n" + lines[at][place:]
    return "\n".join(lines)


def _encoded(rng: Random, text: str, noise: Collection[str]) -> bytes:
    if "crlf" in noise:
        text = text.replace("\n", rng.choice(["\r\n", "\r"]))
    if "gb18030" in noise:
        return text.encode("gb18030")
    if "utf-16" in noise:
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    return (codecs.BOM_UTF8 if "utf-8 bom" in noise else b"") + text.encode()
