"""What a document printed on paper says about itself in labelled words, as web pages do."""

from functools import cache
from importlib.resources import files

import yaml

from nianbao.documents.html.read import iso_date
from nianbao.model import Document

_NEAR = 40
"""Characters behind a label within which its date stands."""


def published_on(document: Document) -> str:
    """Return the day on which a document says that it was published, or an empty string.

    A date in the file's own properties is that of its making, and says nothing.
    """
    for label in _labels():
        for paragraph in document.paragraphs:
            _, found, rest = paragraph.text.partition(label)
            if found and (date := iso_date(rest[:_NEAR])):
                return date
    return ""


def stated(document: Document, title: str, *, optically: bool = False) -> dict[str, str]:
    """Return the metadata of a document with a title from its file's properties, where there is one.

    `optically` says whether text comes from pictures.
    """
    found = {
        "title": " ".join(title.split()),
        "published_on": published_on(document),
        "recognised": "optically" if optically else "",
    }
    return {name: value for name, value in found.items() if value}


@cache
def _labels() -> tuple[str, ...]:
    pages = files("nianbao.documents.html") / "pages.yaml"
    return tuple(yaml.safe_load(pages.read_text("utf-8"))["date_labels"])
