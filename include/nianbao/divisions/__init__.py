"""Administrative divisions down to the county, with the years in which each code was in force."""

from nianbao.divisions.table import Division, division_names, division_of, load_divisions

__all__ = ["Division", "division_names", "division_of", "load_divisions"]
