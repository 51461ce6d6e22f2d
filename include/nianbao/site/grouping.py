"""Rows of a query, put together by what they have in common."""

from collections import defaultdict
from collections.abc import Sequence

from nianbao.site.warehouse import Row


def by_year(rows: Sequence[Row]) -> list[tuple[int, list[Row]]]:
    """Return the rows of each report year, oldest first."""
    years: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        years[row["report_year"]].append(row)
    return sorted(years.items())


def by_scope(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Return the rows of each scope, that of most reports first."""
    scopes: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        scopes[row["scope"]].append(row)
    return sorted(scopes.items(), key=lambda entry: (-reports(entry[1]), entry[0]))


def grouped(rows: Sequence[Row], *keys: str) -> dict[tuple[str, ...], list[Row]]:
    """Return the rows by the values of some columns."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    return groups


def reports(rows: Sequence[Row]) -> int:
    """Return how many reports the rows count."""
    return sum(row["reports"] for row in rows)
