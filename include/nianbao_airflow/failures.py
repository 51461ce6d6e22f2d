"""What Airflow does when a task raises: one table, from error class to retry, fail or skip.

A portal's trouble never comes here: the crawl turns it into an outcome in the fetch log.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.exceptions import AirflowSkipException

from nianbao.errors import (
    LockedError,
    NianbaoError,
    NotYetError,
    PermanentFetchError,
    TransientFetchError,
)


class Answer(Enum):
    """What to do with a task that failed."""

    RETRY = "retry"
    FAIL = "fail"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; it speaks of the subclasses too, unless an earlier line does."""

    error: type[Exception]
    answer: Answer
    reason: str
    delay: timedelta | None = None


TABLE: Final = (
    Row(TransientFetchError, Answer.RETRY, "the host may answer later", timedelta(minutes=5)),
    Row(LockedError, Answer.RETRY, "another writer holds the warehouse", timedelta(minutes=1)),
    Row(NotYetError, Answer.RETRY, "the harvest it waits for may still be on", timedelta(hours=2)),
    Row(PermanentFetchError, Answer.SKIP, "the site has answered; asking again changes nothing"),
    Row(NianbaoError, Answer.FAIL, "our own data, settings or gate: a retry fails alike"),
    Row(OSError, Answer.RETRY, "a disk or the network may recover", timedelta(minutes=1)),
    Row(ArithmeticError, Answer.FAIL, "a fault in the program"),
    Row(AssertionError, Answer.FAIL, "a fault in the program"),
    Row(AttributeError, Answer.FAIL, "a fault in the program"),
    Row(ImportError, Answer.FAIL, "a fault in the installation"),
    Row(LookupError, Answer.FAIL, "a fault in the program"),
    Row(NameError, Answer.FAIL, "a fault in the program"),
    Row(TypeError, Answer.FAIL, "a fault in the program"),
    Row(ValueError, Answer.FAIL, "a fault in the program or in its settings"),
)
"""The first line that fits decides; what is not named gets Airflow's ordinary retries."""


def answer_to(error: Exception) -> Answer | None:
    """Return what the table says about an error, or None where it is silent."""
    return next((row.answer for row in TABLE if isinstance(error, row.error)), None)


def _rule(row: Row) -> RetryRule:
    # Airflow's policy knows no skip; `skipping` has turned those errors into one before it asks.
    action = RetryAction.RETRY if row.answer is Answer.RETRY else RetryAction.FAIL
    return RetryRule(row.error, action=action, retry_delay=row.delay, reason=row.reason)


RETRY_POLICY: Final = ExceptionRetryPolicy([_rule(row) for row in TABLE])


@contextmanager
def skipping() -> Iterator[None]:
    """Turn the errors that the table skips into Airflow's skip.

    Raises:
        AirflowSkipException: for such an error, with its text.
    """
    try:
        yield
    except NianbaoError as error:
        if answer_to(error) is Answer.SKIP:
            raise AirflowSkipException(str(error)) from error
        raise
