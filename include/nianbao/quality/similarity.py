"""Sections that are one text: copied from the year before, or from another agency.

The signatures of `nianbao.reports.signatures` are compared, never the texts. Between a body's own
years that is one join. Between bodies each signature is cut into bands (locality-sensitive hashing),
and only sections with an equal band are compared: one band at a time, so that the memory holds a band
of each section and not all of them. What many bodies share is a template, told apart by its bands.
"""

from functools import cache
from importlib.resources import files

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict, Field

_FOLDER = files("nianbao.quality")
_BY_NAME = ("similarity", "bands", "template", "oldest")


class Limits(BaseModel):
    """When two sections count as one text; see the file for what each means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shortest: dict[str, int]
    similarity: float = Field(gt=0, le=1)
    bands: int = Field(ge=1)
    places: int = Field(ge=1)
    template: int = Field(ge=2)
    oldest: int = Field(ge=2)

    @property
    def size(self) -> int:
        """Places of a signature."""
        return self.bands * self.places


def find_copies(con: duckdb.DuckDBPyConnection) -> None:
    """Fill the table `copied_sections` and create what the rules about copying read.

    The tidy tables over the texts must be there. Reports are compared with others of this
    warehouse alone.
    """
    limits = load_limits()
    for name in _BY_NAME:
        con.execute(f"SET VARIABLE copies_{name} = ?", [getattr(limits, name)])
    con.execute(
        "CREATE TEMP TABLE long_enough AS SELECT unnest(?) AS code, unnest(?) AS shortest",
        [list(limits.shortest), list(limits.shortest.values())],
    )
    con.execute(_sql("sections.sql"))
    for band in range(limits.bands):
        con.execute("SET VARIABLE copies_first = ?", [band * limits.places + 1])
        con.execute("SET VARIABLE copies_last = ?", [(band + 1) * limits.places])
        con.execute(_sql("band.sql"))
    con.execute(_pairs(limits.size))


@cache
def load_limits() -> Limits:
    """Return the declared limits."""
    return Limits.model_validate(yaml.safe_load((_FOLDER / "similarity.yaml").read_text("utf-8")))


def _pairs(size: int) -> str:
    """Return the statements that compare pairs; places spelt out are compared ten times as fast."""
    equal = " + ".join(f"(a.signature[{i}] = b.signature[{i}])::INT" for i in range(1, size + 1))
    return _sql("pairs.sql").replace("{equal_places}", equal).replace("{size}", str(size))


def _sql(name: str) -> str:
    return (_FOLDER / "sql" / "copies" / name).read_text("utf-8")
