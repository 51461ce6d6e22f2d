import gzip
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from nianbao.crawl import Client
from nianbao.crawl.conduct import Conduct, Limits
from nianbao.crawl.exchange import Answer, Question
from nianbao.errors import (
    BlockedError,
    FetchError,
    NotAllowedError,
    OverBudgetError,
    PermanentFetchError,
    RobotsError,
    TooLargeError,
    TransientFetchError,
)
from nianbao.model import Fetch, Portal
from nianbao.model.portal import Politeness

REPORT = "<html><body>" + "政府信息公开工作年度报告" * 100 + "</body></html>"
Site = Any


@pytest.fixture
def get(client: Client, portal: Portal, site: Site) -> Callable[..., Answer]:
    def get(path: str = "/a.html", **question: str) -> Answer:
        return client.get(portal, Question(site.url(path), **question), lambda _: None)

    return get


def test_an_answer_has_body_type_and_validators(get, site: Site):
    site.page("/a.html", REPORT, Content_Type="text/html; charset=utf-8", ETag='"1"')
    answer = get()
    assert answer.body.decode() == REPORT
    assert (answer.status, answer.media_type, answer.etag) == (200, "text/html", '"1"')
    assert site.asked[-1].headers["User-Agent"] == "Nianbao/1.0 (+https://example.org)"


def test_a_form_is_posted(get, site: Site):
    site.page("/list", REPORT)
    get("/list", body="webid=1&path=/", referer=site.url("/col/"))
    asked = site.asked[-1]
    assert (asked.method, asked.body) == ("POST", "webid=1&path=/")
    assert asked.headers["Referer"] == site.url("/col/")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_transient_trouble_is_retried_with_growing_waits(get, site: Site, passing, status: int):
    site.page("/a.html", status=status)
    site.page("/a.html", status=status)
    site.page("/a.html", REPORT)
    assert get().status == 200
    assert passing.sleeps == [1, 1, 2]  # the pace after robots.txt, then the waits
    assert site.paths() == ["/robots.txt"] + ["/a.html"] * 3


def test_retry_after_is_honoured(get, site: Site, passing):
    site.page("/a.html", status=503, Retry_After="30")
    site.page("/a.html", REPORT)
    get()
    assert passing.sleeps == [1, 30]


def test_a_server_that_wants_a_long_rest_gets_it(get, site: Site):
    site.page("/a.html", status=503, Retry_After="3600")
    with pytest.raises(TransientFetchError, match="wait: 3600"):
        get()
    assert site.paths().count("/a.html") == 1


def test_trouble_that_stays_is_an_error(get, site: Site):
    site.page("/a.html", status=502)
    with pytest.raises(TransientFetchError, match="HTTP 502 Bad Gateway") as caught:
        get()
    assert caught.value.status == 502
    assert site.paths().count("/a.html") == 3


@pytest.mark.parametrize("status", [404, 410])
def test_gone_is_not_retried(get, site: Site, status: int):
    site.page("/a.html", REPORT, status=status)
    with pytest.raises(PermanentFetchError) as caught:
        get()
    assert (caught.value.outcome, caught.value.status) == ("gone", status)
    assert site.paths().count("/a.html") == 1


def test_another_refusal_is_a_failure(get, site: Site):
    site.page("/a.html", REPORT, status=400)
    with pytest.raises(FetchError) as caught:
        get()
    assert caught.value.outcome == "failed"


@pytest.mark.parametrize("status", [403, 412, 521])
def test_a_block_is_recorded_and_not_retried(get, site: Site, status: int):
    site.page("/a.html", REPORT, status=status)
    with pytest.raises(BlockedError) as caught:
        get()
    assert caught.value.status == status
    assert site.paths().count("/a.html") == 1


def test_a_site_that_blocks_is_left_alone(get, site: Site):
    site.page("/a.html", status=403)
    for _ in range(8):
        with pytest.raises(BlockedError):
            get()
    assert site.paths().count("/a.html") == 3
    with pytest.raises(BlockedError, match="not asked again in this run"):
        get()


def test_shells_with_status_200_do_not_give_up_the_site(get, site: Site):
    site.page("/shell", "<html><script>go()</script></html>")
    site.page("/a.html", REPORT)
    for _ in range(8):
        with pytest.raises(BlockedError, match="shell page"):
            get("/shell")
    assert get().status == 200


def test_an_empty_body_is_nothing(get, site: Site):
    site.page("/a.html", b"")
    with pytest.raises(FetchError, match="empty body"):
        get()


@pytest.fixture
def small(portal: Portal) -> Portal:
    return portal.model_copy(update={"politeness": Politeness(max_bytes=1000, retries=0)})


def test_an_announced_body_over_the_limit_is_not_read(client: Client, small: Portal, site: Site):
    site.page("/a.html", b"x" * 1001)
    with pytest.raises(TooLargeError, match="1001 bytes"):
        client.get(small, Question(site.url("/a.html")), lambda _: None)


def test_a_packed_body_over_the_limit_is_not_unpacked(client: Client, small: Portal, site: Site):
    site.page("/a.html", gzip.compress(b"x" * 100_000))
    site.page("/b.html", gzip.compress(b"x" * 100_000), Content_Encoding="gzip")
    for path in ("/a.html", "/b.html"):
        with pytest.raises(TooLargeError, match="over 1000 bytes"):
            client.get(small, Question(site.url(path)), lambda _: None)


@pytest.mark.parametrize("headers", [{}, {"Content_Encoding": "gzip"}])
def test_gzip_is_unpacked_whether_it_says_so_or_not(get, site: Site, headers: dict[str, str]):
    site.page("/a.html", gzip.compress(REPORT.encode()), **headers)
    assert get().body.decode() == REPORT


def test_a_gzip_body_cut_short_is_transient(get, site: Site):
    site.page("/a.html", gzip.compress(REPORT.encode())[:-8])
    with pytest.raises(TransientFetchError, match="cut short"):
        get()


def test_a_truncated_body_is_retried_and_then_an_error(get, site: Site):
    site.page("/robots.txt", "User-agent: *\nAllow: /")
    site.page("/a.html", REPORT)
    get()
    site.short_by = 10
    with pytest.raises(TransientFetchError, match="no whole answer") as caught:
        get()
    assert caught.value.outcome == "failed"
    assert site.paths().count("/a.html") == 4


def test_a_server_that_is_down(client: Client, portal_of):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    down = type("Down", (), {"host": f"127.0.0.1:{port}", "url": lambda _, p: f"http://x{p}"})()
    portal = portal_of("henan/down", down, start_urls=[])
    log: list[Fetch] = []
    for _ in range(3):
        with pytest.raises(TransientFetchError, match=r"robots\.txt could not be had"):
            client.get(portal, Question(f"http://127.0.0.1:{port}/a"), log.append)
    assert [fetch.outcome for fetch in log] == ["failed"]
    assert "Connection refused" in log[0].message


def test_a_connection_that_is_not_safe_is_neither_retried_nor_made(
    client: Client, portal: Portal, site: Site
):
    log: list[Fetch] = []
    url = site.url("/a.html").replace("http:", "https:")
    with pytest.raises(FetchError, match="no safe connection") as caught:
        client.get(portal, Question(url), log.append)
    assert caught.value.outcome == "blocked"
    assert site.asked == []


def test_a_slow_server_times_out(client: Client, portal_of, site: Site):
    site.page("/robots.txt", "")
    site.page("/a.html", REPORT)
    site.delay = 0.3
    polite = Politeness(timeout_seconds=0.05, retries=1)
    portal = portal_of("henan/slow", site, politeness=polite)
    with pytest.raises(TransientFetchError, match="timed out"):
        client.get(portal, Question(site.url("/a.html")), lambda _: None)


def test_a_dead_host_is_left_alone_after_a_while(get, site: Site):
    site.page("/a.html", status=500)
    for _ in range(5):
        with pytest.raises(TransientFetchError):
            get()
    assert site.paths().count("/a.html") == 9
    with pytest.raises(TransientFetchError, match=r"not asked again in this run \(HTTP 500"):
        get("/b.html")


def test_a_redirect_inside_the_allow_list_is_followed(get, site: Site):
    site.page("/a.html", status=302, Location="/b/c.html")
    site.page("/b/c.html", REPORT)
    answer = get()
    assert answer.body.decode() == REPORT
    assert answer.url == site.url("/b/c.html")


def test_a_redirect_off_the_allow_list_is_not(get, site: Site, new_site):
    other = new_site()
    site.page("/a.html", status=302, Location=other.url("/stolen.html"))
    with pytest.raises(NotAllowedError) as caught:
        get()
    assert caught.value.outcome == "outside_allow_list"
    assert other.asked == []


def test_the_body_of_a_redirect_is_not_read(client: Client, small: Portal, site: Site):
    site.page("/a.html", b"x" * 5000, status=302, Location="/b.html")
    site.page("/b.html", b"x" * 900)
    assert len(client.get(small, Question(site.url("/a.html")), lambda _: None).body) == 900


def test_redirects_without_end(get, site: Site):
    site.page("/a.html", status=302, Location="/a.html")
    with pytest.raises(OverBudgetError, match="more than 5 redirects"):
        get()


def test_a_redirect_to_itself_that_sets_a_cookie(get, site: Site):
    def gate(asked):
        if "seen=1" in asked.headers.get("Cookie", ""):
            return 200, {}, REPORT.encode()
        return 302, {"Location": "/a.html", "Set-Cookie": "seen=1"}, b""

    site.pages["/a.html"] = [gate]
    assert get().status == 200
    assert get(body="page=2").status == 200
    site.pages["/b.html"] = [(302, {"Location": "/b.html"}, b""), (200, {}, REPORT.encode())]
    get("/b.html", body="page=2")
    assert [(asked.method, asked.body) for asked in site.asked[-2:]] == [("POST", "page=2")] * 2


def test_what_we_can_unpack_does_not_depend_on_what_is_installed(get, site: Site):
    site.page("/a.html", REPORT)
    get()
    assert site.asked[-1].headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y", "http://evil.example/", "x"])
def test_urls_off_the_allow_list_are_not_asked_for(client: Client, portal: Portal, url: str):
    with pytest.raises(NotAllowedError):
        client.get(portal, Question(url), lambda _: None)


def test_robots_rules_are_kept(get, site: Site):
    site.page("/robots.txt", "User-agent: Nianbao\nDisallow: /private/")
    site.page("/a.html", REPORT)
    with pytest.raises(RobotsError) as caught:
        get("/private/a.html")
    assert caught.value.outcome == "refused_by_robots"
    assert get().status == 200
    assert site.paths() == ["/robots.txt", "/a.html"]


@pytest.mark.parametrize("status", [200, 403, 404, 412])
def test_a_page_or_a_refusal_instead_of_rules_allows_all(get, site: Site, status: int):
    site.page("/robots.txt", "<html>Disallow: /</html>", status=status)
    site.page("/a.html", REPORT)
    assert get().status == 200


def test_a_server_that_fails_to_give_its_rules_is_not_asked_for_more(get, site: Site):
    site.page("/robots.txt", status=503)
    for _ in range(2):
        with pytest.raises(TransientFetchError):
            get()
    assert set(site.paths()) == {"/robots.txt"}
    assert len(site.asked) == 3


def test_the_rules_may_slow_us_down(get, site: Site, passing):
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    site.page("/a.html", REPORT)
    get()
    get()
    assert passing.sleeps == [7, 7]


def test_the_rules_are_logged_once(client: Client, portal: Portal, site: Site):
    site.page("/robots.txt", "User-agent: *")
    site.page("/a.html", REPORT)
    log: list[Fetch] = []
    for _ in range(2):
        client.get(portal, Question(site.url("/a.html")), log.append)
    assert [(fetch.purpose, fetch.outcome, fetch.url) for fetch in log] == [
        ("robots", "fetched", site.url("/robots.txt"))
    ]


def test_not_modified_is_an_answer_to_a_conditional_question_only(get, site: Site):
    site.page("/a.html", status=304)
    assert get(etag='"1"').not_modified
    assert site.asked[-1].headers["If-None-Match"] == '"1"'
    with pytest.raises(FetchError, match="HTTP 304"):
        get()


def test_a_host_that_challenges_is_left_alone_at_once(get, site: Site):
    site.page("/robots.txt", "")
    site.page("/a.html", "<script>$_ts={}</script>", status=412)
    for _ in range(4):
        with pytest.raises(BlockedError):
            get()
    assert site.paths() == ["/robots.txt", "/a.html"]


def test_a_challenge_under_a_busy_status_is_not_retried(get, site: Site):
    site.page("/a.html", "<html><script>document.cookie='C3VK=1'</script></html>", status=503)
    with pytest.raises(BlockedError, match="C3VK"):
        get()
    assert site.paths().count("/a.html") == 1


def test_retry_after_may_be_a_date(get, site: Site, passing):
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    site.page("/a.html", status=429, Retry_After=later)
    site.page("/a.html", REPORT)
    get()
    assert 30 < passing.sleeps[-1] <= 40


RULES = "User-agent: *\nDisallow: /private/\n"


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + RULES.encode(),
        b"\xff\xfe" + RULES.encode("utf-16-le"),
        "# 本站不欢迎抓取\n".encode("gbk") + RULES.encode(),
        RULES.replace("\n", "\r").encode(),
        gzip.compress(RULES.encode()),
        RULES.encode() + b"#" * 600_000,
        gzip.compress(RULES.encode() + b"#" * 600_000),
        RULES.encode() + "# 长".encode() * 150_000,
    ],
    ids=["BOM", "UTF-16", "GBK", "old line ends", "gzip", "oversize", "oversize gzip", "cut sign"],
)
def test_rules_in_odd_dress_are_kept(get, site: Site, body: bytes):
    site.page("/robots.txt", body)
    with pytest.raises(RobotsError):
        get("/private/a.html")


def test_rules_behind_a_redirect_are_kept(get, site: Site):
    site.page("/robots.txt", status=302, Location="/static/robots.txt")
    site.page("/static/robots.txt", RULES)
    with pytest.raises(RobotsError):
        get("/private/a.html")


@pytest.mark.parametrize("target", ["http://elsewhere.gov.cn/", "/robots.txt", "/error.html"])
def test_rules_that_lead_astray_are_none(get, site: Site, target: str):
    site.page("/robots.txt", status=302, Location=target)
    site.page("/a.html", REPORT)
    assert get().status == 200


def test_an_endless_file_of_rules_is_not_read_to_its_end(get, site: Site, passing):
    site.page("/robots.txt", RULES.encode() + b"\n" * 30_000_000)
    with pytest.raises(RobotsError):
        get("/private/a.html")


@pytest.fixture
def thrifty(passing) -> Iterator[Callable[..., Client]]:
    made = []

    def make(**limits: float) -> Client:
        conduct = Conduct(limits=Limits(**limits))
        made.append(Client("Nianbao/1.0 (+https://example.org)", passing.clock, conduct))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"portal_requests": 3}, "portal henan/example had 3 requests"),
        ({"host_requests": 3}, "had 3 requests"),
        ({"portal_seconds": 2}, "portal henan/example had 2 seconds"),
        ({"host_seconds": 2}, "had 2 seconds"),
    ],
)
def test_a_run_asks_for_so_much_and_no_more(thrifty, portal: Portal, site: Site, limits, reason):
    site.page("/a.html", REPORT)
    client = thrifty(**limits)
    for _ in range(2):
        client.get(portal, Question(site.url("/a.html")), lambda _: None)
    for _ in range(3):
        with pytest.raises(OverBudgetError, match=reason) as caught:
            client.get(portal, Question(site.url("/a.html")), lambda _: None)
        assert caught.value.outcome == "over_limit"
    assert len(site.asked) == 3


def test_the_budget_of_one_portal_is_not_another_ones(thrifty, portal: Portal, site: Site):
    site.page("/robots.txt", RULES)
    site.page("/a.html", REPORT)
    client = thrifty(portal_requests=2)
    for portal_id in ("henan/a", "henan/b"):
        other = portal.model_copy(update={"id": portal_id})
        client.get(other, Question(site.url("/a.html")), lambda _: None)
    with pytest.raises(RobotsError):
        client.get(portal, Question(site.url("/private/")), lambda _: None)


def test_rules_that_could_not_be_asked_for_are_not_taken_for_none(
    thrifty, portal: Portal, site: Site
):
    site.page("/robots.txt", RULES)
    client = thrifty(host_requests=1)
    other = portal.model_copy(update={"networks": ()})
    with pytest.raises(NotAllowedError):
        client.get(other, Question(site.url("/private/")), lambda _: None)
    with pytest.raises(OverBudgetError):
        client.get(portal, Question(site.url("/private/")), lambda _: None)
