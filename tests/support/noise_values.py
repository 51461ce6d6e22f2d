"""What a cell may print, drawn together with what it means: the reader never has a say in that."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from nianbao.model import Kind

DASHES = ("/", "-", "--", "—", "——", "–", "－", "\\", "无", "不涉及", "不适用")
ODD_TEXTS = ("2 0", "1 234", "约5", "3/4", "见附件", "5-6", "0x1", "1.2.3", "5、6", "1，23", "--5")
"""No number, or not surely one."""
PLAIN_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")


@dataclass(frozen=True)
class Printed:
    """What one cell prints and what that is; `raw` is compared where `exact`."""

    raw: str
    kind: Kind
    value: Decimal | None = None
    exact: bool = True
    """False where noise stands beside the number, so that the text as read may hold it too."""


def draw_printed(rng: Random, value_type: str, oddness: float) -> Printed:
    """Return a random cell; `oddness` is the share of cells that are no plain number."""
    number = _number(rng, value_type)
    if rng.random() >= oddness:
        return Printed(f"{number:f}", "number", number)
    draw = rng.choices([_blank, _dash, _text, _decorated], [4, 3, 1, 4])[0]
    return draw(rng, number, value_type)


def _number(rng: Random, value_type: str) -> Decimal:
    """Return a number that hardly occurs twice in a report, so that a shifted row shows."""
    size = rng.choice([1, 2, 3, 3, 4, 4, 5])
    number = Decimal(rng.randrange(10**size))
    if value_type == "amount" and rng.random() < 0.5:
        return number + Decimal(rng.randrange(1, 10_000)) / 10_000
    return number


def _blank(rng: Random, number: Decimal, value_type: str) -> Printed:
    return Printed("", "blank")


def _dash(rng: Random, number: Decimal, value_type: str) -> Printed:
    return Printed(rng.choice(DASHES), "dash")


def _text(rng: Random, number: Decimal, value_type: str) -> Printed:
    return Printed(rng.choice(ODD_TEXTS), "text")


def _decorated(rng: Random, number: Decimal, value_type: str) -> Printed:
    """Return a number in full width, with separators, a unit, an annotation or a sign."""
    plain = f"{number:f}"
    texts = {
        plain.translate(PLAIN_WIDTH): number,
        f"{number:,f}": number,
        f"{number:,f}".translate(PLAIN_WIDTH): number,
        f"{plain}件": number,
        f"{plain} 件": number,
        f"{plain}（其中修订1件）": number,
        f"{plain}(含自然失效29件)": number,
    }
    if value_type == "change":
        texts |= {f"{sign}{plain}": number for sign in ("增", "增加", "+", "↑", "\uff0b")}
        texts |= {f"{sign}{plain}": -number for sign in ("减", "减少", "-", "↓", "－", "−")}
    if value_type == "amount":
        texts |= {f"{plain}元": number, f"{plain}万元": number}
    raw = rng.choice(list(texts))
    return Printed(raw, "number", texts[raw] + 0)
