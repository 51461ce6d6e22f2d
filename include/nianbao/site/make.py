"""The whole site, made from one published file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import ConfigurationError
from nianbao.forms import load_forms
from nianbao.site.addresses import CHINA
from nianbao.site.agency import AgencyPages, agency_rows
from nianbao.site.agency_rows import AgencyRows
from nianbao.site.folder import SiteFolder
from nianbao.site.index import agencies_script, notes_page, places_page, search_page, sql_page
from nianbao.site.pages import Page
from nianbao.site.place import PlacePages, place_rows
from nianbao.site.places import Places, places_of
from nianbao.site.render import Renderer, start_page
from nianbao.site.series import SHOWN, titles_of
from nianbao.site.warehouse import Row, Warehouse, opened, query_names, read_query
from nianbao.site.words import LANGUAGES, Language, words_of
from nianbao.site.writers import AgencyWriter, write_all

BATCH = 500
"""Agencies whose rows are in memory at a time."""


@dataclass(frozen=True)
class Wanted:
    """What the site is to be."""

    version: str
    """Id of the published version."""
    place: str = CHINA
    """Code of the place that it is about."""
    archive: str = ""
    """Address below which the archive's bytes are served; empty where they are not."""


def make_site(file: Path, folder: SiteFolder, wanted: Wanted) -> int:
    """Write every page of the site and return how many there are.

    Raises `ConfigurationError` where the file is no warehouse, or has nothing of the place wanted.
    """
    with opened(file, folder.scratch, SHOWN) as warehouse:
        return sum(1 for _ in _Site(warehouse, folder, wanted).write())


class _Site:
    def __init__(self, warehouse: Warehouse, folder: SiteFolder, wanted: Wanted) -> None:
        self._warehouse, self._folder, self._wanted = warehouse, folder, wanted
        self._places = _places(warehouse, wanted.place)
        self._agencies = [row for row in warehouse.rows("agencies") if self._in_scope(row)]
        measures = warehouse.rows("measures")
        self._themes = warehouse.rows("themes")
        self._titles = {one: titles_of(words_of(one), measures) for one in LANGUAGES}
        self._forms = sorted(load_forms())
        self._renderers = {one: Renderer(words_of(one), wanted.version) for one in LANGUAGES}

    def write(self) -> Iterator[str]:
        """Write the site and yield the address of each page."""
        self._folder.copy_assets()
        for name in query_names():
            self._folder.write(f"sql/{name}.sql", read_query(name))
        self._folder.write("data/agencies.js", agencies_script(self._places, self._agencies))
        self._folder.write("index.html", start_page())
        for language in LANGUAGES:
            yield from self._write(language, self._index(language))
        yield from self._place_pages()
        yield from self._agency_pages()

    def _index(self, language: Language) -> Iterator[Page]:
        words = words_of(language)
        example = self._agencies[0]["org_id"] if self._agencies else None
        nowhere = any(not row["division"] for row in self._agencies)
        yield search_page(words, self._places, self._agencies, self._themes)
        yield places_page(words, self._places, nowhere=nowhere)
        yield sql_page(words, example)
        yield notes_page(words, self._warehouse.lacking)

    def _place_pages(self) -> Iterator[str]:
        root = self._wanted.place
        if root == CHINA:
            totals, unread = self._warehouse.rows("totals")[0], self._warehouse.rows("not_read")
            rows = place_rows(self._warehouse, [CHINA])[CHINA]
            for language in LANGUAGES:
                make = self._place_maker(language)
                pages = [make.page(CHINA, rows, totals, unread), make.nowhere(rows)]
                yield from self._write(language, pages)
        for top in self._places.below(CHINA) if root == CHINA else [root]:
            found = place_rows(self._warehouse, self._places.within(top))
            for language in LANGUAGES:
                make = self._place_maker(language)
                yield from self._write(
                    language, (make.page(code, rows, None, ()) for code, rows in found.items())
                )

    def _place_maker(self, language: Language) -> PlacePages:
        return PlacePages(words_of(language), self._titles[language], self._places, self._forms)

    def _agency_pages(self) -> Iterator[str]:
        makers = {language: self._agency_maker(language) for language in LANGUAGES}
        writer = AgencyWriter(self._folder, makers, self._renderers)
        return write_all(writer, self._agency_batches(), len(self._agencies))

    def _agency_batches(self) -> Iterator[list[AgencyRows]]:
        org_ids = [row["org_id"] for row in self._agencies]
        for start in range(0, len(org_ids), BATCH):
            yield agency_rows(self._warehouse, org_ids[start : start + BATCH])

    def _agency_maker(self, language: Language) -> AgencyPages:
        breaks = {
            (row["measure"], row["from_form"], row["to_form"]): row
            for row in self._warehouse.rows("form_breaks")
        }
        return AgencyPages(
            words_of(language),
            self._titles[language],
            breaks,
            self._forms,
            self._places,
            {row["theme"]: row[f"title_{language}"] for row in self._themes},
            {row["org_id"]: row["division"] for row in self._agencies},
            self._wanted.archive,
        )

    def _in_scope(self, row: Row) -> bool:
        if self._wanted.place == CHINA:
            return True
        return bool(row["division"]) and self._places.has(row["division"])

    def _write(self, language: Language, pages: Iterable[Page]) -> Iterator[str]:
        render = self._renderers[language]
        for page in pages:
            address = f"{language}/{page.address}"
            self._folder.write(address, render.html(page))
            yield address


def _places(warehouse: Warehouse, root: str) -> Places:
    places = places_of(warehouse.rows("places"))
    if root != CHINA and root not in places.names:
        raise ConfigurationError(f"this version holds nothing of the place {root!r}")
    return Places(places.names, places.years, root)
