"""Administrative divisions down to the county, with the years in which each code was in force."""

from nianbao.divisions.lineage import (
    COMMON_YEAR,
    Lineage,
    all_lineages,
    code_in_common_year,
    lineage_of,
    succession_of,
    successor_of,
)
from nianbao.divisions.successions import Succession, load_successions
from nianbao.divisions.table import Division, division_names, division_of, load_divisions

__all__ = [
    "COMMON_YEAR",
    "Division",
    "Lineage",
    "Succession",
    "all_lineages",
    "code_in_common_year",
    "division_names",
    "division_of",
    "lineage_of",
    "load_divisions",
    "load_successions",
    "succession_of",
    "successor_of",
]
