"""The memory of ids: a name that no record has keeps the id that it was given first.

Ids derive from place and name by rules that get better. Without this memory a better rule would change
the ids of old reports. The file is a source of truth beside the archive; lines are only ever added.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import duckdb

from nianbao.errors import ConfigurationError

COLUMNS = ("name", "site_division", "given_id")
Identities = Mapping[tuple[str, str], str]


def read_identities(path: Path) -> Identities:
    """Return the ids by normalised name and division of the site; empty before the first build.

    Raises `ConfigurationError` where the file is damaged.
    """
    if not path.exists():
        return {}
    rows = csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""), strict=True)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ConfigurationError(f"{path}:1: the columns are {','.join(COLUMNS)}")
    try:
        return {(row["name"], row["site_division"]): row["given_id"] for row in rows}
    except csv.Error as error:
        raise ConfigurationError(f"{path}:{rows.line_num}: {error}") from error


def keep_identities(path: Path, warehouse: Path) -> int:
    """Add the ids that a build gave to new names; return how many there were."""
    known = dict(read_identities(path))
    with duckdb.connect(str(warehouse), read_only=True) as con:
        given = con.execute(
            "SELECT name, coalesce(site_division, ''), given_id FROM organisation_ids ORDER BY ALL"
        ).fetchall()
    new = {(name, near): one for name, near, one in given if (name, near) not in known}
    if new:
        _write(path, known | new)
    return len(new)


def _write(path: Path, identities: Identities) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*key, given) for key, given in sorted(identities.items()))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text.getvalue(), "utf-8", newline="")
    beside.replace(path)
