"""What the address of a link tells: an article, an attachment, or a folder of a list."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

ATTACHMENT = re.compile(
    r"\.(pdf|docx?|wps|ofd|xlsx?|rtf|zip|rar)$|download\.jsp|downfile\.jsp|/download/\d+",
    re.IGNORECASE,
)
_ARTICLES = (
    r"/art/(\d{4}/|[0-9a-z]{8,})",  # Hanweb
    r"/t\d{8}_\d+",  # TRS
    r"/info/\d+/\d+\.htm",  # VSB
    r"/c\d+a\d+/page\.",  # WebPlus
    r"/content/(post_|\d+/\d+/post_|\d+$)|/m?post_\d+",  # gkmlpt, NFCMS, publicsite
    r"[/_a-z]([0-9a-f]{24}|[0-9a-f]{32})\.s?html?$",  # UCAP, page_pc, gongkai, Shanghai
    r"/show/\d+|/detail/cid/\d+/aid/\d+|/content_\d+|/article_\d+|/public/\d+/\d+\.html",
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(s?html?)$",  # columns of Hebei, Epoint
    r"/\d{12,}/index\.s?html?$|/\d+\.(jhtml|s?html?)$|/Item\.html?$",
    r"\.(aspx|asp|thtml|jsp)\?(.*&)?(id|infoid|articleid)=\w+",
)
_LIST_FILE = re.compile(
    r"(index|list|default|main|column-index|[a-z_]*list)([_-]?\d+)?\.(s?html?|jsp|aspx?|php|psp)",
    re.IGNORECASE,
)
_FOLDERS = (
    r"/$",
    r"/[^/.]*$",  # no file name at all
    rf"/{_LIST_FILE.pattern}$",
    r"/col/col\d+",
)
ARTICLE = re.compile("|".join(_ARTICLES), re.IGNORECASE)
FOLDER = re.compile("|".join(_FOLDERS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """How the addresses of one family look; the patterns are searched in path and query."""

    article: re.Pattern[str] = ARTICLE
    folder: re.Pattern[str] = FOLDER

    def is_article(self, url: str) -> bool:
        """Tell whether an address is that of an article or of an attachment."""
        where = place(url)
        return bool(ATTACHMENT.search(where) or self.article.search(where))

    def is_folder(self, url: str) -> bool:
        """Tell whether an address is that of another list."""
        return not self.is_article(url) and bool(self.folder.search(place(url)))


def place(url: str) -> str:
    """Return path and query of a URL; nothing where it isn't one of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"}:
        return ""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_web(url: str) -> bool:
    """Tell whether a link leads to a page, and not to a script, an anchor or a mailbox."""
    # A malformed address counts: the crawl writes down that it can't be asked.
    return url.lower().startswith(("http://", "https://"))


def folder_of(url: str) -> str:
    """Return the folder of a column: what lies below it belongs to it.

    That of `/nb/index.html` is `/nb/`; a column that is a file of its own, `/zfxxgk/nb.htm`, has its
    pages and parts in `/zfxxgk/nb/`, while its neighbours are other columns.
    """
    whole = url.partition("?")[0]
    folder, _, name = whole.rpartition("/")
    if "." not in name or _LIST_FILE.fullmatch(name):
        return f"{folder}/"
    return f"{folder}/{name.partition('.')[0]}/"


def host_of(url: str) -> str:
    """Return the host of a URL with its port, as an allow-list names it."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
