"""Which measures the site shows, and what they are called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.site.warehouse import Row
from nianbao.site.words import Words

OUTCOMES = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other")
APPLICATIONS = ("received", "carried_in", *OUTCOMES, "closed_total", "carried_out")
GROUNDS = (
    "refused_state_secret",
    "refused_law_forbids",
    "refused_safety_stability",
    "refused_third_party",
    "refused_internal_affairs",
    "refused_process_information",
    "refused_enforcement_file",
    "refused_administrative_query",
)
REVIEWS = ("review_concluded", "review_corrected", "litigation_concluded", "litigation_corrected")
SHOWN = (*APPLICATIONS, *GROUNDS, *REVIEWS)
RATES = (
    "disclosed_over_closed",
    "disclosed_over_processed",
    "disclosed_over_decided",
    "corrected_over_reviews",
    "corrected_over_litigation",
)


@dataclass(frozen=True)
class Titles:
    """The titles of measures in one language, as the warehouse has them."""

    words: Words
    rows: dict[str, Row]

    def full(self, measure: str) -> str:
        """Return a measure's title."""
        row = self.rows.get(measure)
        return (
            str(row[f"title_{self.words.language}"]) if row else self.words.name("measure", measure)
        )

    def short(self, measure: str) -> str:
        """Return a title without the family before its colon."""
        last = re.split(r"[：:]\s*", self.full(measure), maxsplit=1)[-1]
        return last[:1].upper() + last[1:]

    def note(self, measure: str) -> str:
        """Return what to mind about a measure."""
        row = self.rows.get(measure)
        return str(row[f"note_{self.words.language}"] or "") if row else ""


def titles_of(words: Words, rows: Iterable[Row]) -> Titles:
    """Return the titles from the rows of `measures.sql`."""
    return Titles(words, {row["measure"]: row for row in rows})
