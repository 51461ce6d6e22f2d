"""The expectation reports of one file: every page, the archived copies, the Data Docs below them."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.errors import ConfigurationError
from nianbao.site.addresses import CHINA
from nianbao.site.checks.agency import AgencyRows, CheckedAgencies, agency_rows
from nianbao.site.checks.chunks import Chunks
from nianbao.site.checks.copies import Copies, Documents
from nianbao.site.checks.drift import Drift
from nianbao.site.checks.gate import FILE as GATE_FILE
from nianbao.site.checks.gate import GateRecord, record_text
from nianbao.site.checks.overview import Overview, OverviewPages
from nianbao.site.checks.source import CHECKS
from nianbao.site.checks.tables import NOWHERE, CheckTables
from nianbao.site.checks.words import check_words
from nianbao.site.folder import SiteFolder
from nianbao.site.index import agencies_script, places_page, search_page
from nianbao.site.pages import Page
from nianbao.site.places import Places, places_of
from nianbao.site.render import Renderer, start_page
from nianbao.site.warehouse import Row, Warehouse, opened
from nianbao.site.words import LANGUAGES, Language
from nianbao.site.writers import AgencyWriter, write_all

BATCH = 500
"""Agencies whose rows are in memory at a time."""
RULE_ROWS = 50
"""Findings that a rule's own page lists."""
DOCS = "datadocs"
_ASSETS = Path(__file__).parent / "assets"
_NAVIGATION = (
    ("overview", "index.html"),
    ("findings", "findings.html"),
    ("rules", "rules.html"),
    ("places", "places.html"),
    ("search", "search.html"),
    ("notes", "notes.html"),
)
_DOCS_LINK = ("docs", f"../{DOCS}/index.html")
_OTHER: Mapping[Language, Language] = {"zh": "en", "en": "zh"}


@dataclass(frozen=True)
class WantedReports:
    """What the reports are to be."""

    version: str
    """Id of the version, or what names the build."""
    place: str = CHINA
    """Code of the place that they are about."""
    themes: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)
    """Titles of the rules' themes."""
    gate: GateRecord | None = None
    drift: Drift | None = Drift("")  # noqa: RUF009 - frozen
    """`None` where nothing was compared: only reports of the whole country are."""
    data_docs: Path | None = None
    """Folder of Great Expectations' pages, which goes into the reports."""
    documents: Documents | None = None
    """Where copies of the documents come from; none are put in without it."""
    served: bool = False
    """True where the archive's bytes are served beside the pages, under `archive/`."""


def make_reports(file: Path, folder: SiteFolder, wanted: WantedReports) -> int:
    """Write the whole site and return the number of its pages, the Data Docs not counted.

    Raises `ConfigurationError` where the file is no warehouse, or has nothing of the place wanted.
    """
    with opened(file, folder.scratch, source=CHECKS) as warehouse:
        warehouse.connection.execute("SET VARIABLE root = ?", [wanted.place])
        warehouse.connection.execute("SET VARIABLE rows = ?", [RULE_ROWS])
        warehouse.connection.execute(CHECKS.query("prepare"))
        return sum(1 for _ in _Reports(warehouse, folder, wanted).write())


class _Reports:
    def __init__(self, warehouse: Warehouse, folder: SiteFolder, wanted: WantedReports) -> None:
        self._warehouse, self._folder, self._wanted = warehouse, folder, wanted
        self._places = _places(warehouse, wanted.place)
        self._agencies = warehouse.rows("agencies")
        self._found = self._overview()
        self._docs = _docs(wanted.data_docs)
        navigation = (*_NAVIGATION[:-1], _DOCS_LINK, *_NAVIGATION[-1:])
        nav = navigation if self._docs else _NAVIGATION
        self._renderers = {
            one: Renderer(check_words(one), wanted.version, nav, check_words(_OTHER[one]))
            for one in LANGUAGES
        }
        self._bodies: dict[str, list[Row]] = defaultdict(list)
        for row in self._agencies:
            self._bodies[row["division"] or NOWHERE].append(row)

    def write(self) -> Iterator[str]:
        """Write the site and yield the address of each page."""
        self._write_files()
        for language in LANGUAGES:
            yield from self._write(language, self._index(language))
        yield from self._rule_pages()
        yield from self._place_pages()
        yield from self._agency_pages()

    def _write_files(self) -> None:
        self._folder.copy_assets(only=["site.css", "search.js"])
        self._folder.copy_assets(_ASSETS)
        self._folder.write("index.html", start_page("checks/start.html"))
        self._folder.write("data/agencies.js", agencies_script(self._places, self._agencies))
        if self._wanted.gate:
            self._folder.write(GATE_FILE, record_text(self._wanted.gate))
        if self._wanted.data_docs and self._docs:
            shutil.copytree(self._wanted.data_docs, self._folder.root / DOCS)

    def _overview(self) -> Overview:
        rows = self._warehouse.rows
        whole = self._wanted.place == CHINA
        return Overview(
            totals=rows("totals")[0],
            severities=rows("severities"),
            rules=rows("rules"),
            place_totals={row["place"]: row for row in rows("place_totals")},
            # Nobody knows whose they are.
            not_read=rows("not_read") if whole else (),
            gate=self._wanted.gate,
            drift=self._wanted.drift if whole else None,
            lacking=self._warehouse.lacking,
        )

    def _pages(self, language: Language) -> OverviewPages:
        themes = self._wanted.themes.get(language, {})
        tables = CheckTables(check_words(language), self._places, themes)
        return OverviewPages(tables, self._docs)

    def _index(self, language: Language) -> Iterator[Page]:
        words, pages, root = check_words(language), self._pages(language), self._places.root
        nowhere = NOWHERE in self._bodies
        provinces = self._places.below(CHINA) if root == CHINA else [root[:2] + "0000"]
        years = sorted({row["report_year"] for row in self._warehouse.rows("rule_years")})
        yield pages.start(self._found, self._bodies.get(root, ()) if root != CHINA else ())
        yield pages.all_rules(self._found, self._wanted.themes.get(language, {}))
        yield pages.findings([*provinces, *([NOWHERE] if nowhere else [])], years[::-1])
        yield search_page(
            words,
            self._places,
            self._agencies,
            self._warehouse.rows("themes"),
            template="checks/search.html",
        )
        yield places_page(words, self._places, nowhere=nowhere)
        yield pages.notes(self._found.lacking)

    def _rule_pages(self) -> Iterator[str]:
        years, places, rows = (
            _by_rule(self._warehouse.rows(query))
            for query in ("rule_years", "rule_places", "rule_rows")
        )
        for language in LANGUAGES:
            pages = self._pages(language)
            made = (
                pages.rule(rule, years[name], places[name], rows[name])
                for rule in self._found.rules
                for name in [rule["rule_id"]]
            )
            yield from self._write(language, made)

    def _place_pages(self) -> Iterator[str]:
        root = self._places.root
        tops = self._places.below(CHINA) if root == CHINA else [root]
        groups = [[code for code in self._places.within(top) if code != root] for top in tops]
        if NOWHERE in self._bodies:
            groups.append([NOWHERE])
        for codes in filter(None, groups):
            rules: dict[str, list[Row]] = defaultdict(list)
            for row in self._warehouse.rows("place_rules", places=codes):
                rules[row["place"]].append(row)
            for language in LANGUAGES:
                pages = self._pages(language)
                made = (
                    pages.place(code, self._found, rules[code], self._bodies.get(code, ()))
                    for code in codes
                )
                yield from self._write(language, made)

    def _agency_pages(self) -> Iterator[str]:
        rules = {rule["rule_id"]: rule for rule in self._found.rules}
        makers = {
            one: CheckedAgencies(check_words(one), self._places, rules, self._wanted.served)
            for one in LANGUAGES
        }
        writer = AgencyWriter(self._folder, makers, self._renderers)
        return write_all(writer, self._batches(), len(self._agencies))

    def _batches(self) -> Iterator[list[AgencyRows]]:
        """Yield the agencies' rows, putting their findings into the list as they pass."""
        words = [check_words(one) for one in LANGUAGES]
        numbers = {rule["rule_id"]: place for place, rule in enumerate(self._found.rules)}
        chunks = Chunks(self._folder, words, numbers, self._wanted.served)
        copies = self._copies()
        for start in range(0, len(self._agencies), BATCH):
            batch = agency_rows(self._warehouse, self._agencies[start : start + BATCH])
            batch = [rows.with_copies(copies.address) if copies else rows for rows in batch]
            for rows in batch:
                chunks.add(rows)
            yield batch
        chunks.finish(self._places.names, self._found.rules)

    def _copies(self) -> Copies | None:
        if self._wanted.documents is None:
            return None
        return Copies(self._folder, self._wanted.documents, self._renderers["zh"])

    def _write(self, language: Language, pages: Iterable[Page]) -> Iterator[str]:
        render = self._renderers[language]
        for page in pages:
            address = f"{language}/{page.address}"
            self._folder.write(address, render.html(page))
            yield address


def _by_rule(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["rule_id"]].append(row)
    return grouped


def _docs(folder: Path | None) -> dict[str, str]:
    """Return the addresses of the Data Docs' pages of results, by suite."""
    found = sorted(folder.glob("validations/*.html")) if folder else []
    return {path.stem: f"{DOCS}/validations/{path.name}" for path in found}


def _places(warehouse: Warehouse, root: str) -> Places:
    places = places_of(warehouse.rows("places"))
    if root != CHINA and root not in places.names:
        raise ConfigurationError(f"this version holds nothing of the place {root!r}")
    return Places(places.names, places.years, root)
