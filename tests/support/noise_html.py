"""Random reports as web pages with random noise, beside what they print."""

from collections.abc import Collection
from html import escape
from random import Random

from nianbao.sample.content import Heading, Text, Title, title_of
from support.noise_boxes import BoxTable
from support.noise_document import NoisyPart, Randoms, Written, noisy_report, randoms
from support.noise_harmful_rows import HARMFUL
from support.noise_harmless import HARMLESS
from support.noise_markup import INK_HARMFUL, INK_HARMLESS, plain
from support.noise_page import ENCODINGS, PAGE_NOISE, encoded, page_of
from support.noise_tags import TAG_NOISE, Pen

QUIET = (*HARMLESS, *INK_HARMLESS, *TAG_NOISE, *PAGE_NOISE, *ENCODINGS, "two reports")
"""Noise that leaves every number certain."""
LOUD = (*HARMFUL, *INK_HARMFUL)
"""Noise that puts numbers in doubt."""


def write_html(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return the page of a seed; taking noise away leaves all the rest as it is."""
    random = randoms(seed)
    parts, first = noisy_report(random, noise, form, _spoil)
    bodies, printed = [_body(parts, noise, random)], [first]
    if "two reports" in noise:
        other = randoms(seed + 2**40)
        taken = first.report.organisation
        parts, second = noisy_report(other, noise, form, _spoil, taken)
        bodies.append(_body(parts, noise, other))
        printed.append(second)
    title, date = title_of(first.report), first.report.published_on.isoformat()
    html = page_of(random("page"), "\n".join(bodies), title, date, noise)
    return Written(encoded(html, noise), tuple(printed))


def _body(parts: list[NoisyPart], noise: Collection[str], random: Randoms) -> str:
    pen = Pen(noise, random)
    return "\n".join(_part(pen, part, number) for number, part in enumerate(parts))


def _part(pen: Pen, part: NoisyPart, number: int) -> str:
    match part:
        case Title(lines):
            return "".join(f"<p align=center><b>{plain(line)}</b></p>" for line in lines)
        case Heading(text) | Text(text):
            return f"<p>{escape(text)}</p>"
        case _:
            return pen.table(part, number)


def _spoil(rng: Random, table: BoxTable, name: str) -> set[str]:
    """Write one or two numbers so that they can't be read with certainty; return their codes."""
    if name not in INK_HARMFUL:
        return set()
    numbers = [box for _, _, box in table.numbers() if box.text.isdecimal()]
    spoilt = rng.sample(numbers, min(2, len(numbers)))
    for box in spoilt:
        box.markup = INK_HARMFUL[name](rng, box.text)
    return {box.code for box in spoilt if box.code}
