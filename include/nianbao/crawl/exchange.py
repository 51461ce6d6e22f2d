"""One question to a server or a storage, and its answer."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; `etag` and `last_modified` make it conditional."""

    url: str
    body: str | None = None
    """What to POST, a URL-encoded form where `headers` don't say otherwise; `None` is a GET."""
    referer: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Headers that a list's protocol asks for beside the usual ones."""
    head: int | None = None
    """How many bytes are wanted, where the first ones will do; what follows isn't read."""

    @property
    def is_conditional(self) -> bool:
        """Tell whether `not modified` is an answer to it."""
        return bool(self.etag or self.last_modified)

    def redirected(self, url: str, *, keeps_body: bool) -> "Question":
        """Return the question that a redirect leads to."""
        return replace(self, url=url, body=self.body if keeps_body else None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; a redirect is an answer too."""

    url: str
    status: int | None
    """HTTP status; `None` from a storage."""
    body: bytes = b""
    media_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    redirect: str | None = None
    """Whole URL that a redirect points to."""
    retry_after: str | None = None
    """The header as sent."""
    not_modified: bool = False
    duration_ms: int = 0
    """From the question to the last byte of this attempt, without any waiting for our turn."""
