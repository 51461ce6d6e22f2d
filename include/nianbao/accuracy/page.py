"""`docs/accuracy.md`: what was counted and how, and how to count it over other documents."""

from collections.abc import Iterator, Sequence
from importlib.resources import files

from nianbao.accuracy.score import DocumentScore
from nianbao.accuracy.tally import HEADINGS, numbers, tally


def accuracy_page(scores: Sequence[DocumentScore]) -> str:
    """Return the page in Markdown."""
    preface = (files("nianbao.accuracy") / "preface.md").read_text("utf-8")
    return "\n".join([preface, *table_lines(scores), "", *_silent(scores)])


def table_lines(scores: Sequence[DocumentScore]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"| format | form | {' | '.join(HEADINGS.values())} |"
    yield "|---|---|" + "---:|" * len(HEADINGS)
    for line in tally(scores):
        figures = " | ".join(f"{number:,}" for number in numbers(line.counts))
        yield f"| {line.format} | {line.form} | {figures} |"


def _silent(scores: Sequence[DocumentScore]) -> Iterator[str]:
    """Yield every silent error, with its place."""
    found = [
        f"- `{score.name}`: {error}"
        for score in scores
        for report in score.reports
        for error in report.cells.silent
    ]
    yield from ["## Silent errors", "", *(found or ["None."]), ""]
