"""The one mask for every text that leaves the warehouse: lists, letters, pages and exports."""

from functools import cache

from nianbao.privacy import numbers, people

SHORTEST = 6
"""Characters of the shortest text with something to mask: 申请人王明向, 家住某村1号."""


def masked(text: str) -> str:
    """Return a text of the same length with personal numbers, applicants and addresses masked."""
    return people.mask_people(numbers.mask(text))


@cache
def candidate() -> str:
    """Return a pattern that every text which `masked` changes fits; both RE2 and Python read it."""
    return f"{numbers.candidate()}|{people.candidate()}"
