"""The pages that lead to the others: the search with its data, the places, the queries, the notes."""

import json
from collections.abc import Sequence

from nianbao.site.addresses import CHINA, slug
from nianbao.site.pages import NotesPage, PlacesPage, Query, SearchPage, SqlPage
from nianbao.site.places import Places
from nianbao.site.series import SHOWN
from nianbao.site.warehouse import Row, query_names, read_query
from nianbao.site.words import Words

KINDS = ("government", "department", "township", "subdistrict", "institution")


def search_page(
    words: Words,
    places: Places,
    rows: Sequence[Row],
    themes: Sequence[Row],
    template: str = SearchPage.template,
) -> SearchPage:
    """Return the search, whose rows are in `agencies_script`."""
    provinces = sorted({f"{row['division'][:2]}0000" for row in rows if row["division"]})
    there = {row["kind"] for row in rows}
    about = {row["theme"] for row in rows}
    titles = [(row["theme"], str(row[f"title_{words.language}"])) for row in themes]
    return SearchPage(
        template=template,
        address="search.html",
        title=words("search.title"),
        provinces=[(code, places.name(code)) for code in provinces],
        kinds=[kind for kind in KINDS if kind in there],
        themes=sorted((one for one in titles if one[0] in about), key=lambda one: one[1]),
    )


def agencies_script(places: Places, rows: Sequence[Row]) -> str:
    """Return the agencies as a script: a page on a disk may load scripts and may fetch nothing."""
    data = {
        "places": dict(sorted(places.names.items())),
        "rows": [
            [
                row["name"],
                slug(row["org_id"]),
                row["division"] or "",
                row["kind"] or "",
                row["theme"] or "",
                row["years"],
                row["last_year"] or 0,
                row["errors"],
                row["warnings"],
                " ".join(filter(None, (row["credit_code"], row["names"]))),
            ]
            for row in rows
        ],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # What ends a line in a script and not in JSON.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.NIANBAO_AGENCIES={text};\n"


def places_page(words: Words, places: Places, *, nowhere: bool) -> PlacesPage:
    """Return the tree of places."""

    def named(code: str) -> tuple[str, str]:
        return places.name(code), places.page(code)

    tops = places.below(CHINA) if places.root == CHINA else [places.root]
    return PlacesPage(
        address="places.html",
        title=words("place.index_title"),
        provinces=[
            (
                *named(top),
                [
                    (*named(part), [named(one) for one in places.below(part)])
                    for part in places.below(top)
                ],
            )
            for top in tops
        ],
        nowhere=nowhere,
    )


def sql_page(words: Words, example: str | None) -> SqlPage:
    """Return every query with its variables, `example` standing for the agency."""
    variables = {
        "places": f"['{CHINA}']",
        "org_ids": f"['{(example or '').replace(chr(39), chr(39) * 2)}']",
        "measures": "[" + ", ".join(f"'{measure}'" for measure in SHOWN) + "]",
    }
    queries = []
    for name in query_names():
        text = read_query(name)
        used = [(key, value) for key, value in variables.items() if f"getvariable('{key}')" in text]
        queries.append(Query(name, used, text))
    return SqlPage(address="sql.html", title=words("sql.title"), queries=queries)


def notes_page(words: Words, lacking: Sequence[str]) -> NotesPage:
    """Return how to read the figures."""
    return NotesPage(address="notes.html", title=words("notes.title"), lacking=lacking)
