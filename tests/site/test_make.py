"""The whole site: it stands alone, leads nowhere wrong, and is the same whenever it is made."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser

from nianbao.errors import ConfigurationError
from nianbao.site.folder import packed, replacing
from nianbao.site.make import Wanted, make_site

HOSTILE = "</script><img src=x onerror=alert(1)>局"
LONGEST = 120
"""Characters of a path below the site's folder that Windows takes wherever the site lies."""


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def addresses(page: Path) -> Iterator[str]:
    tree = LexborHTMLParser(page.read_text("utf-8"))
    for node in tree.css("[href], [src]"):
        yield str(node.attributes.get("href") or node.attributes.get("src"))


def read(site: Path, address: str) -> str:
    return (site / address).read_text("utf-8")


def test_every_link_within_the_site_leads_to_a_file(site: Path) -> None:
    broken = set()
    for page in pages(site):
        for address in addresses(page):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "data") or not parts.path:
                continue
            assert not parts.scheme
            if not (page.parent / unquote(parts.path)).resolve().is_file():
                broken.add((page.relative_to(site).as_posix(), address))
    assert broken == set()


def test_every_sql_link_leads_to_its_query(site: Path) -> None:
    named = {
        urlsplit(address).fragment
        for page in pages(site)
        for address in addresses(page)
        if "sql.html" in address and "#" in address
    }
    there = {path.stem for path in (site / "sql").iterdir()}
    assert named
    assert named <= there
    ids = set(re.findall(r'class="query" id="(\w+)"', read(site, "en/sql.html")))
    assert ids == there


def test_only_links_lead_out_and_nothing_is_loaded_from_there(site: Path) -> None:
    outside = set()
    for page in pages(site):
        tree = LexborHTMLParser(page.read_text("utf-8"))
        for node in tree.css("[src], link[href]"):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            outside |= {address} if urlsplit(address).scheme not in ("", "data") else set()
    assert outside == set()


@pytest.mark.parametrize(
    "kind", ["index", "search", "places", "sql", "notes", "places/*", "agencies/*/*"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_are_valid_html(site: Path, language: str, kind: str) -> None:
    found = sorted((site / language).glob(f"{kind}.html"))
    assert found
    for page in found[:8]:
        parser = html5lib.HTMLParser()
        parser.parse(page.read_text("utf-8"))
        assert parser.errors == []


def test_both_languages_have_the_same_pages(site: Path) -> None:
    trees = [
        {path.relative_to(site / language).as_posix() for path in (site / language).rglob("*")}
        for language in ("zh", "en")
    ]
    assert trees[0] == trees[1]


def test_names_are_short_and_plain_ascii(site: Path) -> None:
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        assert name.isascii()
        assert name == name.lower() or name.startswith("assets/")
        assert len(name) <= LONGEST
        assert not re.search(r'[<>:"|?*\\ ]', name)


def test_the_same_version_gives_the_same_bytes(
    site: Path, warehouse_file: Path, tmp_path: Path
) -> None:
    with replacing(tmp_path / "site") as folder:
        make_site(warehouse_file, folder, Wanted("20260105T023000Z-1a2b3c4d"))
    assert _contents(tmp_path / "site") == _contents(site)
    first, second = packed(tmp_path / "site").read_bytes(), packed(tmp_path / "site").read_bytes()
    assert first == second


def test_the_zip_holds_the_site_in_a_folder(site: Path) -> None:
    with ZipFile(packed(site)) as archive:
        names = archive.namelist()
    assert "site/index.html" in names
    assert len(names) == len([path for path in site.rglob("*") if path.is_file()])


def test_hostile_values_stay_text(site: Path) -> None:
    for page in pages(site):
        tree = LexborHTMLParser(page.read_text("utf-8"))
        assert not tree.css("img, script:not([src])")
        assert not [a for a in addresses(page) if urlsplit(a).scheme == "javascript"]
    assert (
        HOSTILE
        in LexborHTMLParser(read(site, "zh/agencies/ce/11330100police.html")).css_first("h1").text()
    )


def test_a_file_of_the_inbox_is_named_without_its_folder(site: Path) -> None:
    page = read(site, "zh/agencies/on/11330100education.html")
    assert "2020.docx" in page
    assert "/srv/inbox" not in page


def test_a_failed_check_is_told_in_words_with_its_advice(site: Path) -> None:
    failing = [
        page for page in pages(site / "en") if "printed 3, expected 5" in page.read_text("utf-8")
    ]
    tree = LexborHTMLParser(failing[0].read_text("utf-8"))
    check = tree.css_first(".checks li.error, .checks li.warning")
    assert "Check it against the records and correct it." in check.text()


def test_a_finding_that_a_reviewer_took_back_says_so(site: Path) -> None:
    said = {
        "zh": "经核查为误报",
        "en": "reviewed: a false alarm of ours",
    }
    for language, words in said.items():
        told = [words in page.read_text("utf-8") for page in (site / language).rglob("*.html")]
        assert any(told)
        assert not all(told)


def test_the_site_of_a_place_holds_what_lies_in_it_and_no_more(
    warehouse_file: Path, tmp_path: Path
) -> None:
    with replacing(tmp_path / "place") as folder:
        make_site(warehouse_file, folder, Wanted("version", "330000"))
    found = {page.stem for page in (tmp_path / "place" / "zh" / "agencies").rglob("*.html")}
    assert found
    assert {name[2:4] for name in found} == {"33"}
    assert "浙江省" in read(tmp_path / "place", "zh/index.html")
    assert "北京市" not in read(tmp_path / "place", "zh/places.html")


def test_a_place_that_is_not_there_is_refused_and_leaves_the_old_site(
    warehouse_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    with replacing(out) as folder:
        folder.write("index.html", "old")
    with pytest.raises(ConfigurationError, match="999999"), replacing(out) as folder:
        make_site(warehouse_file, folder, Wanted("version", "999999"))
    assert read(out, "index.html") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_with_other_things_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ConfigurationError, match="other things"), replacing(tmp_path / "mine"):
        pass
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_a_kill_between_the_two_renames_loses_nothing(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with replacing(out) as folder:
        folder.write("index.html", "old")
    out.rename(tmp_path / ".site.old")
    with pytest.raises(RuntimeError, match="again"), replacing(out) as folder:
        raise RuntimeError("again")
    assert read(out, "index.html") == "old"


def _contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
