"""Whole files by other writers, to be damaged: kept in build/campaign/corpus, made once where they can be."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from campaign.figures import FOLDER
from support.browser import CHROMIUM
from support.noise_docx import write_docx
from support.noise_paper import print_pdfs, save_as, scan_pdfs, write_print

_CORPUS = FOLDER / "corpus"
_SEEDS = range(3)


def corpus(kind: str) -> list[Path]:
    """Return the files of a kind; none where their writer is not on this machine."""
    folder = _CORPUS / kind
    make = _MAKERS.get(kind)
    if make is not None and not folder.is_dir():
        files = make()
        folder.mkdir(parents=True)
        for number, data in enumerate(files):
            (folder / f"{number}.bin").write_bytes(data)
    return sorted(folder.glob("*.bin")) if folder.is_dir() else []


def _by_office(kind: str) -> Callable[[], Sequence[bytes]]:
    def make() -> Sequence[bytes]:
        if not (shutil.which("soffice") or shutil.which("libreoffice")):
            return []
        return save_as(kind, [write_docx(seed, ("widths",)).data for seed in _SEEDS], 0)

    return make


def _printed() -> Sequence[bytes]:
    return (
        print_pdfs([write_print(seed, ()).data for seed in _SEEDS], 0) if CHROMIUM.exists() else []
    )


def _scanned() -> Sequence[bytes]:
    return scan_pdfs([write_print(7, ()).data], 0) if CHROMIUM.exists() else []


_MAKERS: dict[str, Callable[[], Sequence[bytes]]] = {
    "doc": _by_office("doc"),
    "rtf": _by_office("rtf"),
    "pdf": _printed,
}
