"""Pages served in place of the article that was asked for, as sites do when they feel pressed."""

from urllib.parse import urlsplit

from nianbao.crawl.exchange import Answer
from nianbao.errors import BlockedError
from nianbao.model import sha256_of

_HOME = frozenset(
    {"", "/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp", "/index.asp", "/index.php"}
)


class ListPages:
    """The list pages that a portal has shown in this harvest."""

    def __init__(self) -> None:
        """Start with none."""
        self._hashes: set[str] = set()
        self._urls: set[str] = set()

    def saw(self, answer: Answer) -> None:
        """Remember a list page."""
        self._urls.add(answer.url)
        if answer.body.lstrip().startswith(b"<"):
            self._hashes.add(sha256_of(answer.body))

    def ensure_other(self, url: str, answer: Answer) -> None:
        """Raise `BlockedError` where a list or the home page came in place of an article."""
        if answer.not_modified or url in self._urls:
            return
        if _path(answer.url) in _HOME and _path(url) not in _HOME:
            raise BlockedError("home page in place of the article", url=url, status=answer.status)
        if sha256_of(answer.body) in self._hashes:
            raise BlockedError("list page in place of the article", url=url, status=answer.status)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
