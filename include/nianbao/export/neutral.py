"""Text that a spreadsheet would run as a formula, made harmless in a way that can be undone.

A text that begins with one of `= + - @`, a tab, a carriage return or a line feed, or a full-width
form of the signs, gets an apostrophe in front; so does one that begins with apostrophes and then such
a character, so that taking one apostrophe away always gives the text back.
"""

import re

PATTERN = "^'*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]"
"""Texts that get an apostrophe; both RE2 and Python read it."""

_DANGEROUS = re.compile(PATTERN)


def neutralised(text: str) -> str:
    """Return the text as it stands in CSV files."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def restored(text: str) -> str:
    """Return the text as it was, from what stands in a CSV file."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
