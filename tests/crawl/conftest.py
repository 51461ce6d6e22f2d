"""Sites on the loopback interface that behave as told, and time that passes by sleeping only."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from nianbao.archive import Archive
from nianbao.crawl import Client, Clock
from nianbao.model import Portal
from nianbao.model.portal import Politeness

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Site:
    """A server; `pages` holds the replies of each path in turn, the last one for ever."""

    port: int = 0
    pages: dict[str, list[Reply | Callable[[Asked], Reply]]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    delay: float = 0.0
    short_by: int = 0
    """Bytes that are announced but not sent."""

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def page(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages.setdefault(path, []).append((status, named, data))

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        queue = self.pages.get(asked.path) or self.pages.get(asked.path.partition("?")[0])
        if not queue:
            return 404, {}, b"no such page"
        reply = queue.pop(0) if len(queue) > 1 else queue[0]
        return reply(asked) if callable(reply) else reply


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(size).decode()
            asked = Asked(self.command, self.path, dict(self.headers), body)
            status, headers, data = site.reply(asked)
            if site.delay and self.path != "/robots.txt":
                time.sleep(site.delay)
            self.close_connection = True
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data) + site.short_by))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(data)
            except (BrokenPipeError, ConnectionResetError):
                pass

        do_GET = do_POST = _answer  # noqa: N815 - names that the server looks for

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def new_site() -> Iterator[Callable[[], Site]]:
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start() -> Site:
        site = Site()
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
        server.daemon_threads = False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.append((server, thread))
        site.port = server.server_port
        return site

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join(10)


@pytest.fixture
def site(new_site: Callable[[], Site]) -> Site:
    return new_site()


class Time:
    """A clock that stands still but for sleeps, which it remembers."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.seconds += seconds

    @property
    def clock(self) -> Clock:
        start = datetime(2026, 1, 20, tzinfo=UTC)
        return Clock(
            now=lambda: start + timedelta(seconds=self.seconds),
            monotonic=lambda: self.seconds,
            sleep=self.sleep,
            chance=lambda: 0.0,
        )


@pytest.fixture
def passing() -> Time:
    return Time()


@pytest.fixture
def client(passing: Time) -> Iterator[Client]:
    with Client("Nianbao/1.0 (+https://example.org)", passing.clock) as client:
        yield client


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(str(tmp_path / "archive"))


@pytest.fixture
def portal(site: Site) -> Portal:
    return make_portal("henan/example", site)


@pytest.fixture
def portal_of() -> Callable[..., Portal]:
    return make_portal


def make_portal(portal_id: str, site: Site, **values: object) -> Portal:
    record = {
        "id": portal_id,
        "name": "某市",
        "family": "hanweb",
        "hosts": [site.host],
        "networks": ["127.0.0.0/8"],
        "start_urls": [site.url("/col/col1/index.html")],
        "politeness": Politeness(seconds_between_requests=1, timeout_seconds=2, retries=2),
    }
    return Portal.model_validate(record | values)
