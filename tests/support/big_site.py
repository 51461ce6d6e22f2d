"""A large site of plain pages: thousands of reports, some of them as a file that a bare page links."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.sites.places import Entry
from nianbao.sample.sites.static import Static


class BigSite(Static):
    """As many reports as are asked for; their pages differ by a number only.

    Every so manieth (`bare`) is a page without a table, with the report as a file; 0 is none.
    """

    def __init__(self, reports: int, bare: int = 0, page_size: int = 50) -> None:
        super().__init__("static")
        self.bare, self.size = bare, page_size
        models = [entry for entry in self.entries if entry.kind == "report"]
        self._bodies = {model.title: self.article_body(model) for model in models}
        self.entries = tuple(
            replace(models[number % len(models)], number=number + 1) for number in range(reports)
        )
        self._pages = {self.article_path(entry): entry for entry in self.entries}
        self._files = {
            self.file_path(entry): entry for entry in self.entries if self._is_bare(entry)
        }

    @property
    def page_size(self) -> int:  # type: ignore[override]
        return self.size

    def article_html(self, entry: Entry) -> str:
        if self._is_bare(entry):
            body = f'<p><a href="{self.file_path(entry)}">{entry.title}.doc</a></p>'
        else:
            body = f"{self._bodies[entry.title]}<!-- {entry.number} -->"
        return self.markup.article(self.place, entry, body)

    def file_bytes(self, entry: Entry) -> bytes:
        body = f"{self._bodies[entry.title]}<!-- {entry.number} -->"
        return self.markup.article(self.place, entry, body).encode()

    def documents(self) -> dict[str, bytes]:
        """Return the right bytes of each page and file that a harvest has to archive."""
        targets = [*self._pages, *self._files]
        return {target: self.answer(Asked("GET", target)).body for target in targets}

    def everything(self) -> dict[str, Answer]:
        """Return every answer that it gives, by target."""
        lists = (f"{self.starts[0]}p{page}.html" for page in range(2, self.page_count() + 1))
        targets = ["/robots.txt", self.starts[0], *lists, *self._pages, *self._files]
        return {target: self.answer(Asked("GET", target)) for target in targets}

    def _is_bare(self, entry: Entry) -> bool:
        return bool(self.bare) and entry.number % self.bare == 0


def write_record(folder: Path, portal_id: str, record: Mapping[str, object]) -> None:
    """Write a portal's record into a registry."""
    path = folder / f"{portal_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(dict(record), allow_unicode=True), "utf-8")
