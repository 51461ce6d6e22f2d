"""Each error class and what happens to a task that raises it."""

import pytest
from airflow.sdk import RetryAction
from airflow.sdk.exceptions import AirflowSkipException

from nianbao import errors
from nianbao_airflow.failures import RETRY_POLICY, TABLE, Answer, answer_to, skipping

FETCH = {"url": "http://example.test/"}
EXPECTED = [
    (errors.ConfigurationError("bad YAML"), Answer.FAIL),
    (errors.TransientFetchError("time-out", **FETCH), Answer.RETRY),
    (errors.PermanentFetchError("gone", **FETCH), Answer.SKIP),
    (errors.BlockedError("challenge", **FETCH), Answer.SKIP),
    (errors.HostBlockedError("certificate", **FETCH), Answer.SKIP),
    (errors.RobotsError("robots.txt", **FETCH), Answer.SKIP),
    (errors.NotAllowedError("elsewhere", **FETCH), Answer.SKIP),
    (errors.TooLargeError("too large", **FETCH), Answer.SKIP),
    (errors.OverBudgetError("enough", **FETCH), Answer.SKIP),
    (errors.ReadError("damaged", "no table"), Answer.FAIL),
    (errors.BuildError("no staging"), Answer.FAIL),
    (errors.GateError("3 rules were not evaluated"), Answer.FAIL),
    (errors.LockedError("held by another"), Answer.RETRY),
    (errors.NotYetError("no harvest since"), Answer.RETRY),
    (errors.CarryError("not whole"), Answer.FAIL),
    (errors.VerdictError("not readable"), Answer.FAIL),
    (OSError("disk full"), Answer.RETRY),
    (ConnectionResetError("reset"), Answer.RETRY),
    (ValueError("bug"), Answer.FAIL),
    (KeyError("bug"), Answer.FAIL),
    (ImportError("not installed"), Answer.FAIL),
    (RuntimeError("unknown"), None),
]
ACTIONS = {
    Answer.RETRY: RetryAction.RETRY,
    Answer.FAIL: RetryAction.FAIL,
    None: RetryAction.DEFAULT,
}


@pytest.mark.parametrize(("error", "answer"), EXPECTED, ids=lambda v: type(v).__name__)
def test_the_table(error, answer):
    assert answer_to(error) is answer


@pytest.mark.parametrize(("error", "answer"), EXPECTED, ids=lambda v: type(v).__name__)
def test_airflow_does_as_the_table_says(error, answer):
    if answer is Answer.SKIP:
        with pytest.raises(AirflowSkipException, match=str(error)), skipping():
            raise error
        return
    decision = RETRY_POLICY.evaluate(error, try_number=1, max_tries=2)
    assert decision.action is ACTIONS[answer]


def test_no_error_class_of_ours_is_forgotten():
    ours = {v for v in vars(errors).values() if isinstance(v, type) and issubclass(v, Exception)}
    named = {type(error) for error, _ in EXPECTED}
    assert ours - named == {errors.NianbaoError, errors.FetchError}


def test_what_is_not_skipped_passes_through():
    with pytest.raises(errors.GateError), skipping():
        raise errors.GateError("blocked")


def test_every_retry_says_when_and_every_line_says_why():
    assert all(row.reason for row in TABLE)
    assert all(row.delay for row in TABLE if row.answer is Answer.RETRY)
