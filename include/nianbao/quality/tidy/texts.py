"""Makes the tidy tables about text: the sections with what stands in them, and the facts by report.

A report's texts are two thousand characters, so a million of them are read once, here, and what the
rules ask is answered from narrow tables. The few texts with something odd in them are kept whole.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from nianbao.forms import load_forms
from nianbao.privacy import numbers, people

_FOLDER = files("nianbao.quality") / "tidy"
_SUSPICIOUS = ("instructions", "placeholders", "residues")
_AROUND = 40
"""Characters kept before and after a piece of personal data."""

PERSONAL = pa.schema(
    {"report": pa.int32(), "location": pa.string(), "kind": pa.string(), "quote": pa.string()}
)
"""Personal data found in the texts; `quote` is masked."""


def create_texts(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables over the texts; those over the numbers must be there."""
    for name, pattern in _patterns().items():
        con.execute(f"SET VARIABLE words_{name} = ?", [pattern])
    _register(con, "form_sections", pa.Table.from_pylist(list(_form_sections())))
    _register(con, "stated_results", pa.Table.from_pylist(words()["results"]))
    statements = (_FOLDER / "texts.sql").read_text("utf-8")
    con.execute(statements.replace("{aspects}", _aspects()))
    _register(con, "personal_data", pa.Table.from_pylist(_personal(con), schema=PERSONAL))


@cache
def words() -> dict[str, Any]:
    """Return the file of words."""
    loaded: dict[str, Any] = yaml.safe_load((_FOLDER / "texts.yaml").read_text("utf-8"))
    return loaded


def _patterns() -> dict[str, str]:
    lists = {name: "|".join(lines) for name, lines in words()["words"].items()}
    personal = f"{numbers.likely()}|{people.candidate()}"
    odd = "|".join(lists[name] for name in _SUSPICIOUS)
    return {**lists, "personal": personal, "suspicious": f"{odd}|{personal}"}


def _aspects() -> str:
    """Return the expression for the aspects that a text speaks of, one bit each."""
    tests = (
        f"regexp_matches(s.text, '{aspect['words']}')::INT * {2**place}"
        for place, aspect in enumerate(words()["aspects"])
    )
    return " + ".join(tests)


def _form_sections() -> Iterator[dict[str, object]]:
    own_words = words()["sections"]
    for form in load_forms().values():
        for section in form.sections:
            yield {
                "form": form.name,
                "code": section.code,
                "number": section.number,
                "zh": section.zh,
                "en": section.en,
                "free": form.spec.free_sections,
                "own_words": own_words.get(section.code, section.zh),
            }


def _personal(con: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    """Return the personal data in the texts that may hold any."""
    rows = con.execute(
        "SELECT report, location, kept FROM text_sections "
        "WHERE regexp_matches(kept, getvariable('words_personal'))"
    ).fetchall()
    return [
        {"report": report, "location": location, "kind": kind, "quote": quote}
        for report, location, text in rows
        for kind, quote in _found(text)
    ]


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kinds of personal data in a text, each with the masked words around the first."""
    places: dict[str, int] = {}
    for number in numbers.personal_numbers(text):
        places.setdefault(number.kind.partition("_")[0], number.start)
    for person in people.personal_words(text):
        places.setdefault(person.kind, person.start)
    if not places:
        return
    masked = people.mask_people(numbers.mask(text))
    for kind, place in places.items():
        around = masked[max(place - _AROUND, 0) : place + _AROUND]
        yield kind, re.sub(r"\s+", " ", around).strip()


def _register(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("arriving", table)
    con.execute(f"CREATE TEMP TABLE {name} AS FROM arriving")
    con.unregister("arriving")
