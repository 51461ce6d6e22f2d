"""Posting to a robot: three tries, a time limit, and an answer that is read and not only its status.

The robots answer 200 to what they refuse and say so in the body. Nothing that is raised or logged
here shows a URL: it carries the robot's key. That is why `requests` gets no retries of its own,
which would log the path.
"""

from typing import Any, Final

import requests
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from nianbao_airflow.notify.robots import Post

TRIES: Final = 3
BUSY: Final = frozenset({-1, 45009, 45033, 130101, 9499, 11232})
"""Codes that ask to come again: too busy or too many messages, at WeCom, DingTalk and Feishu."""


class NotSentError(Exception):
    """Raised when a service did not take a message; its text shows no secret."""


class BusyError(NotSentError):
    """Raised when it may take the message a little later."""


def deliver(post: Post, timeout: float, pause: float = 1.0) -> None:
    """Post a message; `pause` is the wait in seconds before the second try, then twice that.

    Raises:
        NotSentError: if it was refused, or nobody answered three times.
    """
    tries = Retrying(
        retry=retry_if_exception_type(BusyError),
        stop=stop_after_attempt(TRIES),
        wait=wait_exponential(multiplier=pause),
        reraise=True,
    )
    tries(_once, post, timeout)


def _once(post: Post, timeout: float) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8", **post.headers}
    try:
        answer = requests.post(
            post.url,
            data=post.body,
            headers=headers,
            timeout=timeout,
            # The key in the URL is for this host and no other.
            allow_redirects=False,
        )
    except requests.RequestException as error:
        # Neither the text nor the cause: both carry the URL.
        raise BusyError(type(error).__name__) from None
    if answer.status_code >= 500 or answer.status_code == 429:
        raise BusyError(f"HTTP {answer.status_code}")
    if answer.status_code >= 300:
        raise NotSentError(f"HTTP {answer.status_code}")
    if post.has_code:
        _judge(answer)


def _judge(answer: requests.Response) -> None:
    """Read the code in the body: `errcode` of WeCom and DingTalk, `code` of Feishu; 0 is taken."""
    try:
        said: Any = answer.json()
    except requests.JSONDecodeError:
        return
    code = (said.get("errcode", said.get("code", 0)) or 0) if isinstance(said, dict) else 0
    if code in (0, "0"):
        return
    words = str(said.get("errmsg") or said.get("msg") or "")[:200]
    raise (BusyError if code in BUSY else NotSentError)(f"refused with code {code}: {words}")
