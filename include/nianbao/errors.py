"""What can go wrong, as one tree.

    NianbaoError
    ├── ConfigurationError        our own data or settings are wrong
    ├── FetchError                one URL gave no usable bytes
    │   ├── TransientFetchError   the same call may work later
    │   └── PermanentFetchError   it will not, without a change on either side
    │       ├── BlockedError
    │       │   └── HostBlockedError
    │       ├── NotAllowedError
    │       ├── TooLargeError
    │       └── OverBudgetError
    ├── ReadError                 bytes that cannot become a document or a report
    ├── BuildError                the warehouse could not be built from its sources
    ├── GateError                 a build that may not be published
    ├── LockedError               another writer holds the warehouse
    ├── NotYetError               what was asked for cannot be known yet
    ├── CarryError                a pack or a backup that cannot be made or taken in
    └── VerdictError              the store of verdicts, or a work-list, cannot be used

What a publisher got wrong is never an exception: it is a finding or a failed check.
"""

from nianbao.model.fetch import Outcome


class NianbaoError(Exception):
    """Base of all errors raised on purpose; its text is one clear line for the user."""


class ConfigurationError(NianbaoError):
    """Raised when a form, portal, rule or setting is invalid, from the loaders."""


class FetchError(NianbaoError):
    """Raised when a URL gave no usable bytes, from the crawl client.

    `outcome` is the word that the fetch log keeps; `status` is the HTTP status where one came.
    """

    outcome: Outcome = "failed"

    def __init__(self, message: str, *, url: str, status: int | None = None) -> None:
        """Keep the URL and the status beside the message."""
        super().__init__(f"{message}: {url}")
        self.url = url
        self.status = status


class TransientFetchError(FetchError):
    """Raised on time-outs, refused connections, 429 and 5xx after the retries, from the client."""


class PermanentFetchError(FetchError):
    """Raised when asking again would give the same answer, from the client."""

    outcome: Outcome = "gone"


class BlockedError(PermanentFetchError):
    """Raised on a challenge, a shell page or a refusal to serve us, from block detection."""

    outcome: Outcome = "blocked"


class HostBlockedError(BlockedError):
    """Raised when the refusal is the whole host's and not this page's, from block detection."""


class RobotsError(PermanentFetchError):
    """Raised when robots.txt asks us not to fetch a URL, from the client."""

    outcome: Outcome = "refused_by_robots"


class NotAllowedError(PermanentFetchError):
    """Raised when a URL or a redirect leaves the portal's allow-list, from the client."""

    outcome: Outcome = "outside_allow_list"


class TooLargeError(PermanentFetchError):
    """Raised when a body exceeds the size limit, from the client."""

    outcome: Outcome = "over_limit"


class OverBudgetError(PermanentFetchError):
    """Raised when a run has asked for enough: pages of a list, redirects, a host's requests or time."""

    outcome: Outcome = "over_limit"


class ReadError(NianbaoError):
    """Raised when bytes cannot become a document, or a document holds no report, from the readers.

    `code` is the stable word under which the quarantine files it.
    """

    def __init__(self, code: str, message: str) -> None:
        """Keep the code beside the message."""
        super().__init__(message)
        self.code = code


class BuildError(NianbaoError):
    """Raised when the warehouse cannot be built from its sources, from the build."""


class GateError(NianbaoError):
    """Raised when a blocking expectation fails or a rule was not evaluated, from the gate."""


class LockedError(NianbaoError):
    """Raised when another process is writing the warehouse, from the file lock."""


class NotYetError(NianbaoError):
    """Raised when a question comes before its answer can be known, from the watching."""


class CarryError(NianbaoError):
    """Raised when a pack or a backup cannot be made, or is not whole, from the carrying."""


class VerdictError(NianbaoError):
    """Raised when the store of verdicts or a work-list cannot be read or written, from the verdicts."""
