"""The faults strike as their names say, on the wire where they are the wire's."""

import gzip
import http.client
import socket
import zlib

import pytest

from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.faults import FAULTS, Faulty, Rule
from nianbao.sample.loopback import serving

BODY = "年报".encode() * 400
RIGHT = Answer(body=BODY, media_type="text/html; charset=utf-8", headers={"ETag": '"1"'})
ASKED = Asked("GET", "/a.html")
STATUSES = {
    "not found": 404, "gone": 410, "server error": 500, "unavailable": 503, "forbidden": 403,
    "too many requests": 429, "challenge 412": 412, "challenge 202": 202, "challenge 521": 521,
    "redirect loop": 302, "redirect with a cookie": 302, "redirect to a file": 302,
    "redirect to metadata": 302, "redirect to a private address": 302,
    "redirect to another host": 302,
}  # fmt: skip


def right(asked: Asked) -> Answer:
    return RIGHT


def ask(fault: str, *, timeout: float = 2) -> tuple[int, dict[str, str], bytes]:
    with serving(Faulty(right, [Rule("a", fault)])) as served:
        host, port = served.netloc.split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=timeout)
        try:
            connection.request("GET", "/a.html")
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_the_status_of_its_name(fault: str):
    assert FAULTS[fault](RIGHT, ASKED, 0).status == STATUSES.get(fault, 200)


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("reset", ConnectionResetError),
        ("truncated", http.client.IncompleteRead),
        ("length too large", http.client.IncompleteRead),
        ("hanging", socket.timeout),
    ],
)
def test_faults_of_the_wire_break_the_connection(fault: str, trouble: type[Exception]):
    with pytest.raises(trouble):
        ask(fault, timeout=0.3)


@pytest.mark.parametrize("fault", ["slow start", "slow body"])
def test_a_slow_answer_is_whole(fault: str):
    assert ask(fault)[2] == BODY


def test_a_length_that_is_too_small_cuts_the_body_in_silence():
    assert ask("length too small")[2] == BODY[: len(BODY) // 2]


def test_a_redirect_loop_leads_to_itself_and_a_cookie_ends_the_other():
    assert FAULTS["redirect loop"](RIGHT, ASKED, 0).headers["Location"] == "/a.html"
    with_cookie = Asked("GET", "/a.html", headers={"cookie": "CT6T=1"})
    assert FAULTS["redirect with a cookie"](RIGHT, with_cookie, 1) == RIGHT


def test_a_changing_page_differs_each_time_and_has_no_tag():
    one, two = (FAULTS["changing"](RIGHT, ASKED, number) for number in range(2))
    assert one.body != two.body
    assert "ETag" not in one.headers


def test_a_bomb_is_small_on_the_wire_and_a_damaged_body_does_not_unpack():
    assert len(FAULTS["gzip bomb"](RIGHT, ASKED, 0).body) < 1_000_000
    with pytest.raises((OSError, EOFError, zlib.error)):
        gzip.decompress(FAULTS["gzip damaged"](RIGHT, ASKED, 0).body)
    assert gzip.decompress(FAULTS["gzip unsaid"](RIGHT, ASKED, 0).body) == BODY


def test_a_plan_strikes_so_often_and_only_where_it_says():
    faulty = Faulty(right, [Rule("a", "server error", times=2)])
    assert [faulty(ASKED).status for _ in range(3)] == [500, 500, 200]
    assert faulty(Asked("GET", "/b.html")).status == 200
    assert faulty.struck == [("server error", "/a.html")] * 2


def test_too_many_requests_says_when_to_come_again():
    assert ask("too many requests")[1]["Retry-After"] == "1"
