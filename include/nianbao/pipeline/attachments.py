"""Which files stand in the place of a page: the attachments of one that holds no table itself."""

import logging
import re
from functools import cache

from nianbao.documents.html.pages import PAGES
from nianbao.documents.read import read_document
from nianbao.documents.sniff import format_of
from nianbao.errors import ReadError
from nianbao.model import Attachment, Document
from nianbao.reports import recognise

logger = logging.getLogger(__name__)


def attachments_instead(data: bytes) -> tuple[Attachment, ...]:
    """Return the attachments of a page that has no report's table; none of any other file.

    Publishers print the narrative and attach the tables, or attach the report and print nothing. A
    page with its tables is the report, and its attachments are the same once more.
    """
    if not _hint().search(data):
        return ()
    try:
        if format_of(data) != "html":
            return ()
        document = read_document(data)
    except ReadError:
        return ()
    except Exception:  # the reading step meets the page again and files it under its fault
        logger.exception("no attachments could be looked for")
        return ()
    return () if document.attachments and _has_table(document) else document.attachments


@cache
def _hint() -> re.Pattern[bytes]:
    """Match what no link to a file is without: most pages have none, and needn't be read for it."""
    endings = "|".join(PAGES["attachment_endings"])
    hints = [rf"\.(?:{endings})\b", *PAGES["downloads"]]
    return re.compile("|".join(hints).encode(), re.IGNORECASE)


def _has_table(document: Document) -> bool:
    try:
        return any(report.cells for report in recognise(document))
    except ReadError:
        return False
