"""A folder of documents read and held against the JSON files beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from nianbao.accuracy.expected import ExpectedDocument, read_expected
from nianbao.accuracy.score import DocumentScore, score_document
from nianbao.accuracy.tally import tally
from nianbao.errors import ConfigurationError, ReadError
from nianbao.model import Document, Report
from nianbao.pipeline.batch import read_together
from nianbao.reports import recognise

_SUFFIX = ".json"
_COLUMNS = {
    "documents": ("documents",),
    "reports:\nall / missing / invented": ("reports", "missing", "invented"),
    "identity:\nright / wrong": ("identity_right", "identity_wrong"),
    "cells:\nright / flagged / silent": ("right", "flagged", "silent"),
    "facts:\nright / missed / wrong": ("facts_right", "facts_missed", "facts_wrong"),
}
_NOT_DOCUMENTS = frozenset({".json", ".md5", ".py", ".pyc", ".yaml"})


@dataclass(frozen=True)
class Folder:
    """What a folder holds, by the documents' paths relative to it."""

    pairs: Mapping[str, ExpectedDocument]
    without_json: tuple[str, ...]
    without_document: tuple[str, ...]


def score_folder(folder: Path) -> tuple[list[DocumentScore], Folder]:
    """Return the scores of a folder's documents in the order of their names, and what was found there.

    Raises `ConfigurationError` where the folder or a JSON file in it cannot be used.
    """
    found = open_folder(folder)
    read = read_files({name: (folder / name).read_bytes() for name in found.pairs})
    return [score_document(name, found.pairs[name], read[name]) for name in found.pairs], found


def read_files(files: Mapping[str, bytes]) -> dict[str, tuple[Report | ReadError, ...]]:
    """Return what each file gives; those that need LibreOffice share its starts."""
    found = read_together(files.values())
    return {
        name: tuple(one for document in documents for one in _recognised(document))
        for name, documents in zip(files, found, strict=True)
    }


def _recognised(document: Document | ReadError) -> Sequence[Report | ReadError]:
    if isinstance(document, ReadError):
        return [document]
    try:
        return recognise(document)
    except ReadError as error:
        return [error]


def open_folder(folder: Path) -> Folder:
    """Return the documents below a folder with what they print."""
    if not folder.is_dir():
        raise ConfigurationError(f"not a folder: {folder}")
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    expected = {name for name in names if name.endswith(_SUFFIX)}
    documents = {name for name in names if _is_document(name)}
    paired = sorted(name for name in documents if name + _SUFFIX in expected)
    if not paired:
        raise ConfigurationError(f"no document with a JSON file of its name in {folder}")
    return Folder(
        pairs={name: _expected(folder / (name + _SUFFIX)) for name in paired},
        without_json=tuple(sorted(documents - set(paired))),
        without_document=tuple(sorted(expected - {name + _SUFFIX for name in paired})),
    )


def scores_json(scores: Sequence[DocumentScore]) -> Iterator[dict[str, Any]]:
    """Yield one plain object per document, with its complaints in words."""
    for score in scores:
        yield {**asdict(score), "complaints": list(score.complaints)}


def silent_errors(scores: Sequence[DocumentScore]) -> list[str]:
    """Return every silent error: file, cell, printed, read, place."""
    return [
        f"{score.name}: {error}"
        for score in scores
        for report in score.reports
        for error in report.cells.silent
    ]


def show_scores(
    scores: Sequence[DocumentScore], folder: Folder, console: Console | None = None
) -> None:
    """Print the table, what is not as expected, and the files that stand alone."""
    console = console or Console()
    console.print(_table(scores))
    for score in scores:
        for complaint in score.complaints:
            console.print(f"{score.name}: {complaint}", markup=False, soft_wrap=True)
    for name in folder.without_json:
        console.print(f"{name}: no JSON file beside it", markup=False, soft_wrap=True)
    for name in folder.without_document:
        console.print(f"{name}: no document beside it", markup=False, soft_wrap=True)


def _table(scores: Sequence[DocumentScore]) -> Table:
    """Return the table for a terminal: what belongs together in one column."""
    table = Table("format", "form", title="Accuracy")
    for heading in _COLUMNS:
        table.add_column(heading, justify="right")
    for line in tally(scores):
        counts = asdict(line.counts)
        texts = (" / ".join(f"{counts[name]:,}" for name in names) for names in _COLUMNS.values())
        table.add_row(line.format, line.form, *texts)
    return table


def _is_document(name: str) -> bool:
    path = Path(name)
    return path.suffix.lower() not in _NOT_DOCUMENTS and not path.name.startswith(".")


def _expected(path: Path) -> ExpectedDocument:
    try:
        return read_expected(path.name, path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
