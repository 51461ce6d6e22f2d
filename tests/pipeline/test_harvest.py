"""A harvest by the settings and the log: what it leaves out, goes on with, and raises alarm over."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from nianbao.archive.listed import read_listed
from nianbao.archive.log import read_log
from nianbao.errors import ConfigurationError
from nianbao.pipeline import harvest
from nianbao.pipeline.attachments import attachments_instead
from nianbao.settings import Settings

COLUMN = "/col/col1/index.html"
YEARS = range(2008, 2026)


class Site:
    """A column of one report a year, that counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.years: list[int] = list(YEARS)
        self.of_year = 1
        self.words = "政府信息公开工作年度报告"
        self.seconds = 0.0
        self.port = 0

    def paths(self) -> list[str]:
        others = [f"/art/{year}-{n}.html" for year in self.years for n in range(1, self.of_year)]
        return [f"/art/{year}.html" for year in self.years] + others

    def body(self, path: str) -> bytes | None:
        if path == COLUMN:
            rows = (
                f"<record><![CDATA[<li><a href='{path}'>某局{path[5:9]}年政府信息公开年报</a></li>]]>"
                "</record>"
                for path in self.paths()
            )
            whole = "<script type='text/xml'><datastore><recordset>{}</recordset></datastore>"
            return whole.format("".join(rows)).encode()
        if path.startswith("/art/"):
            return f"<html><body>{(path + self.words) * 60}</body></html>".encode()
        return None

    def articles(self) -> list[str]:
        return [path for path in self.asked if path.startswith("/art/")]


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            time.sleep(site.seconds)
            body = site.body(self.path)
            try:
                self.send_response(404 if body is None else 200)
                self.end_headers()
                self.wfile.write(body or b"no")
            except (BrokenPipeError, ConnectionResetError):
                pass  # its client was killed

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.port = server.server_port
    yield site
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def settings(tmp_path: Path, site: Site) -> Settings:
    write_record(tmp_path, site)
    return Settings(home=tmp_path / "home", portals_dir=tmp_path / "portals")


def write_record(folder: Path, site: Site, **values: object) -> None:
    record = {
        "name": "某局",
        "family": "hanweb",
        "hosts": [f"127.0.0.1:{site.port}"],
        "networks": ["127.0.0.0/8"],
        "start_urls": [f"http://127.0.0.1:{site.port}{COLUMN}"],
        "politeness": {"seconds_between_requests": 0, "retries": 0},
        **values,
    }
    path = folder / "portals" / "henan" / "site.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")


def run(settings: Settings, name: str, years: list[int] | None = None) -> dict:
    [shard] = harvest.plan(settings)
    return harvest.harvest(settings, shard, name, 1, years)


def test_the_first_harvest_asks_for_all_years_and_the_next_for_what_may_be_new(
    settings: Settings, site: Site
):
    run(settings, "first")
    assert len(site.articles()) == len(YEARS)
    site.asked.clear()
    run(settings, "second")
    assert set(site.articles()) <= {"/art/2025.html"}
    assert COLUMN in site.asked


def test_a_harvest_that_comes_daily_asks_for_its_year_and_only_for_what_is_due(
    settings: Settings, site: Site
):
    [shard] = harvest.plan(settings)
    first = harvest.harvest(settings, shard, "first", 1, [2020], due_only=True)
    assert site.articles() == ["/art/2020.html"]
    [portal] = first["by_portal"]
    assert (portal["id"], portal["seen"], portal["new"]) == ("henan/site", 1, 1)
    second = harvest.harvest(settings, shard, "second", 1, [2020], due_only=True)
    assert site.articles() == ["/art/2020.html"]
    [portal] = second["by_portal"]
    # Not asked for, and seen on the list all the same: the next health check has to know.
    assert (portal["seen"], portal["new"], portal["failed"]) == (1, 0, 0)
    seen = read_listed(settings.archive_root).to_pylist()
    assert [(row["report_year"], row["leads"]) for row in seen] == [(2020, 1)] * 2
    harvest.harvest(settings, shard, "third", 1, [2020])
    assert len(site.articles()) == 2


def test_an_inbox_is_looked_through_each_time(settings: Settings, tmp_path: Path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    record = {"name": "收件箱", "family": "inbox", "start_urls": [str(folder)], "stage": "draft"}
    path = tmp_path / "portals" / "henan" / "site.yaml"
    path.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    outcomes = []
    for name, words in [("a", "某局2015年度报告"), ("b", "某局2015年度报告"), ("c", "更正")]:
        (folder / "某局2015年年报.txt").write_text(words, "utf-8")
        outcomes.append(run(settings, name)["outcomes"])
    assert outcomes == [
        {"fetched": 2},
        {"fetched": 1, "unchanged": 1},
        {"fetched": 1, "changed": 1},
    ]


def test_years_that_are_named_are_asked_for_again(settings: Settings, site: Site):
    run(settings, "first")
    site.asked.clear()
    site.words = "更正后的年度报告"
    assert run(settings, "second", [2010])["outcomes"]["changed"] == 1
    assert site.articles() == ["/art/2010.html"]


def test_a_setting_asks_for_everything_each_time(settings: Settings, site: Site):
    always = settings.model_copy(update={"revisit_every_days": 0})
    for name in ("first", "second"):
        site.asked.clear()
        run(always, name)
        assert len(site.articles()) == len(YEARS)


def test_a_run_made_again_under_its_name_asks_for_no_report_twice(settings: Settings, site: Site):
    run(settings, "only")
    run(settings, "only")
    assert len(site.articles()) == len(YEARS)


def test_a_list_that_has_become_empty_is_an_alarm(settings: Settings, site: Site):
    run(settings, "first", [2024])
    site.years = [2007]
    done = run(settings, "second", [2024])
    assert [alarm["message"] for alarm in done["alarms"]] == ["no leads, where there were 1"]
    assert "henan/site: error: no leads, where there were 1" in done["trouble"]


def test_a_budget_ends_a_run_and_the_next_one_goes_on(settings: Settings, site: Site):
    short = settings.model_copy(update={"portal_requests": 8})
    done = run(short, "first")
    assert done["outcomes"]["over_limit"] == len(YEARS) - 6
    run(settings, "second")
    assert set(site.articles()) == {f"/art/{year}.html" for year in YEARS}


def test_only_the_portals_in_trouble_are_planned(settings: Settings, site: Site):
    assert harvest.plan(settings, ["never_seen"]) == [["henan/site"]]
    run(settings, "first")
    assert harvest.plan(settings, ["never_seen", "failed", "blocked"]) == []
    with pytest.raises(ConfigurationError, match="only: nonsense is none of failed"):
        harvest.plan(settings, ["nonsense"])


LINKS = "<html><body><p>某局2024年政府信息公开工作年度报告</p>{}<a href='a.pdf'>附件.pdf</a></body></html>"


def test_a_page_without_a_table_stands_for_its_attachments():
    (link,) = attachments_instead(LINKS.format("").encode())
    assert (link.url, link.title) == ("a.pdf", "附件.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"", b"\x00\x01", "没有链接".encode()])
def test_other_files_stand_for_themselves(data: bytes):
    assert attachments_instead(data) == ()


def test_a_page_with_its_tables_is_the_report():
    from nianbao.sample.chrome import Place
    from nianbao.sample.errors import readable_reports
    from nianbao.sample.render import page_bytes

    report = next(r for r in readable_reports() if r.style.encoding == "utf-8")
    page = page_bytes(report, Place("样例网", "www.example.gov.cn", "9900000001"))
    linked = page.replace(b"</body>", b"<a href='a.pdf'>a.pdf</a></body>")
    assert linked != page
    assert attachments_instead(linked) == ()


NURSERY = """
import os, sys
import pandas  # pyarrow does, in each process anew
import nianbao.documents.html.read
from nianbao.pipeline import harvest
from nianbao.settings import Settings
while number := sys.stdin.readline():
    child = os.fork()
    if child:
        print(child, flush=True)
        sys.stdin.readline()  # until then the number is the child's, even if it has ended
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    else:
        settings = Settings()
        for shard in harvest.plan(settings):
            harvest.harvest(settings, shard, "run", int(number), None)
        os._exit(0)
"""
KILLS = int(os.environ.get("KILLS", "15"))
"""A long run makes more."""


def worked(nursery: subprocess.Popen[str], number: int, site: Site, after: float | None) -> int:
    """Let a process harvest, kill it so long after its first request, and return its exit code."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    asked = len(site.asked)
    nursery.stdin.write(f"{number}\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    if after is not None:
        deadline = time.monotonic() + 60
        while len(site.asked) == asked and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    nursery.stdin.write("go on\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


def test_killed_at_random_points_it_fetches_every_report_once(settings: Settings, site: Site):
    site.of_year, site.seconds, chance = 6, 0.01, random.Random(7)
    env = os.environ | {
        "NIANBAO_HOME": str(settings.home),
        "NIANBAO_PORTALS_DIR": str(settings.portals_dir),
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", NURSERY], env=env, **pipes) as nursery:
        ends = [worked(nursery, n, site, chance.uniform(0, 0.1)) for n in range(KILLS)]
        assert worked(nursery, KILLS, site, None) == 0
    killed = ends.count(-signal.SIGKILL)
    assert killed > KILLS / 4  # the others had nothing left to do before they were to be killed
    counts = Counter(site.articles())
    assert set(counts) == set(site.paths())
    assert sum(counts.values()) - len(counts) <= killed
    kept = [row["sha256"] for row in read_log(settings.archive_root).to_pylist() if row["sha256"]]
    assert len(kept) == len(set(kept)) == len(counts)
    stored = (settings.home / "archive" / "bytes").rglob("*")
    assert {path.name for path in stored if path.is_file() and path.name[0] != "."} == set(kept)
