"""Agency pages written by several processes, for there may be a hundred thousand of them."""

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from nianbao.site.folder import SiteFolder
from nianbao.site.pages import Page
from nianbao.site.render import Renderer
from nianbao.site.words import Language

MANY = 2000
"""Agencies from which on starting more processes is worth its second."""
_CHUNK = 250

_Rows = TypeVar("_Rows", contravariant=True)


class Maker(Protocol[_Rows]):
    """What makes the page of an agency in one language."""

    def page(self, rows: _Rows, /) -> Page:
        """Return the page."""


@dataclass(frozen=True)
class AgencyWriter(Generic[_Rows]):
    """Writes the pages of agencies in every language, in any process."""

    folder: SiteFolder
    makers: Mapping[Language, Maker[_Rows]]
    renderers: Mapping[Language, Renderer]

    def write(self, agencies: Sequence[_Rows]) -> list[str]:
        """Write the pages of some agencies and return their addresses."""
        addresses = []
        for rows in agencies:
            for language, maker in self.makers.items():
                page = maker.page(rows)
                address = f"{language}/{page.address}"
                self.folder.write(address, self.renderers[language].html(page))
                addresses.append(address)
        return addresses


def write_all(
    writer: AgencyWriter[_Rows], batches: Iterable[Sequence[_Rows]], agencies: int
) -> Iterator[str]:
    """Write the pages of all batches and yield their addresses, in the order of the batches."""
    workers = min(os.cpu_count() or 1, 8)
    if agencies < MANY or workers == 1:
        for batch in batches:
            yield from writer.write(batch)
        return
    # Started anew and not forked: the database of this process has threads of its own.
    with ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), _start, (writer,)
    ) as pool:
        waiting: list[Future[list[str]]] = []
        for batch in batches:
            chunks = (batch[at : at + _CHUNK] for at in range(0, len(batch), _CHUNK))
            started = [pool.submit(_write, chunk) for chunk in chunks]
            for done in waiting:  # one batch is asked for while the last one is written
                yield from done.result()
            waiting = started
        for done in waiting:
            yield from done.result()


_own: dict[str, AgencyWriter[Any]] = {}


def _start(writer: AgencyWriter[Any]) -> None:
    _own["writer"] = writer


def _write(agencies: Sequence[Any]) -> list[str]:
    return _own["writer"].write(agencies)
