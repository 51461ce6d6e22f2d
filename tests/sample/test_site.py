"""The sample sites answer as Hanweb does, troubles included."""

import http.client
import re
import time

import pytest

from nianbao.sample.articles import articles_of
from nianbao.sample.lists import AGENCY_PAGE, PROXY_PATHS, column_path
from nianbao.sample.roster import load_roster
from nianbao.sample.site import serve

PORTALS = {portal.id: portal for portal in load_roster().portals}
YUNTING, QINGXIU = PORTALS["sample/yunting"], PORTALS["sample/qingxiu"]
DEPARTMENTS = PORTALS["sample/qingxiu_departments"]


@pytest.fixture(scope="module")
def sites():
    with serve() as running:
        yield running


def ask(sites, portal, target, *, form=None, headers=None, timeout=5):
    host, port = sites.hosts[portal.host], sites.ports[portal.host]
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request("GET" if form is None else "POST", target, form, headers or {})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def hrefs(body):
    return re.findall(r'CDATA\[<li><a href="([^"]+)"', body.decode())


def list_query(portal):
    return f"webid={portal.site}&columnid={portal.column}&unitid={portal.unit}&col=1"


def article(portal, trouble):
    return next(one for one in articles_of(portal) if one.trouble == trouble)


def test_a_column_page_holds_the_first_three_display_pages_in_a_script(sites):
    status, _, body = ask(sites, YUNTING, column_path(YUNTING))
    assert status == 200
    assert b'<script type="text/xml"><datastore>' in body
    assert b"proxyUrl:'/module/web/jpage/dataproxy.jsp'" in body
    assert hrefs(body) == [one.path for one in articles_of(YUNTING)[:15]]


@pytest.mark.parametrize("method", ["post", "get"])
def test_one_build_pages_by_records(sites, method):
    place, fields = "startrecord=16&endrecord=30&perpage=5&page=1", list_query(YUNTING)
    path = PROXY_PATHS[YUNTING.build]
    target = f"{path}?{place}" if method == "post" else f"{path}?{place}&{fields}"
    _, headers, body = ask(sites, YUNTING, target, form=fields if method == "post" else None)
    assert headers["Content-Type"].startswith("text/xml")
    assert hrefs(body) == [one.path for one in articles_of(YUNTING)[15:30]]


def test_the_other_build_pages_by_page_alone(sites):
    target = f"{PROXY_PATHS[QINGXIU.build]}?startrecord=1&endrecord=6&perpage=2&page=3"
    _, _, body = ask(sites, QINGXIU, target, form=list_query(QINGXIU))
    assert hrefs(body) == [one.path for one in articles_of(QINGXIU)[4:6]]


def test_behind_the_end_there_are_no_records(sites):
    target = f"{PROXY_PATHS[QINGXIU.build]}?perpage=2&page=99"
    assert hrefs(ask(sites, QINGXIU, target, form=list_query(QINGXIU))[2]) == []


def test_every_listed_article_is_served_or_fails_as_declared(sites):
    for portal in (YUNTING, QINGXIU):
        for one in articles_of(portal):
            if one.trouble != "hanging":
                expected = {"gone": 404, "forbidden": 403}.get(one.trouble, 200)
                assert ask(sites, portal, one.path)[0] == expected


def test_an_agency_page_shows_the_report_of_a_year(sites):
    one = next(a for a in articles_of(DEPARTMENTS) if a.report and not a.trouble)
    target = f"{AGENCY_PAGE}?fbtime={one.report.report_year}&area={one.report.org_id}"
    status, _, body = ask(sites, DEPARTMENTS, target)
    assert status == 200
    assert "行政复议" in body.decode("gb18030" if b"gb2312" in body else "utf-8")


def test_an_agency_page_of_a_year_without_a_report_is_empty_and_yet_200(sites):
    report = articles_of(DEPARTMENTS)[0].report
    status, _, body = ask(sites, DEPARTMENTS, f"{AGENCY_PAGE}?area={report.org_id}&fbtime=2011")
    assert status == 200
    assert b'<div id="zoom"></div>' in body


def test_agency_pages_are_refused_or_gone_as_declared(sites):
    for trouble, status in (("forbidden", 403), ("gone", 404)):
        report = article(DEPARTMENTS, trouble).report
        target = f"{AGENCY_PAGE}?area={report.org_id}&fbtime={report.report_year}"
        assert ask(sites, DEPARTMENTS, target)[0] == status


@pytest.mark.parametrize(
    ("header", "name"), [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]
)
def test_an_unchanged_page_is_not_sent_again(sites, header, name):
    path = articles_of(YUNTING)[0].path
    _, headers, body = ask(sites, YUNTING, path)
    status, _, again = ask(sites, YUNTING, path, headers={name: headers[header]})
    assert body
    assert (status, again) == (304, b"")


def test_the_same_report_may_stand_under_two_urls(sites):
    one, two = (a for a in articles_of(YUNTING) if a.trouble == "duplicate")
    assert one.report == two.report
    assert one.path != two.path
    assert ask(sites, YUNTING, one.path)[0] == ask(sites, YUNTING, two.path)[0] == 200


def test_robots_and_unknown_paths(sites):
    assert b"Disallow: /admin/" in ask(sites, YUNTING, "/robots.txt")[2]
    assert ask(sites, YUNTING, "/nowhere")[0] == 404


def test_a_hanging_page_sends_nothing(sites):
    with pytest.raises(TimeoutError):
        ask(sites, QINGXIU, article(QINGXIU, "hanging").path, timeout=0.2)


def test_requests_are_kept_for_whoever_wants_to_count_them(sites):
    ask(sites, YUNTING, "/robots.txt")
    last = sites.requests[-1]
    assert (last.method, last.target) == ("GET", "/robots.txt")


def test_a_corrected_report_replaces_the_wrong_one_under_the_same_url():
    with serve() as sites:
        one = next(
            a for a in articles_of(YUNTING) if a.report and a.report.key == ("云汀市公安局", 2020)
        )
        before, tag = (answer := ask(sites, YUNTING, one.path))[2], answer[1]["ETag"]
        sites.correct("云汀市公安局", 2020)
        status, _, after = ask(sites, YUNTING, one.path, headers={"If-None-Match": tag})
        assert status == 200
        assert before != after


def test_stopping_does_not_wait_for_hanging_clients():
    with serve() as sites:
        host, port = sites.hosts[QINGXIU.host], sites.ports[QINGXIU.host]
        client = http.client.HTTPConnection(host, port, timeout=5)
        client.request("GET", article(QINGXIU, "hanging").path)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    client.close()
