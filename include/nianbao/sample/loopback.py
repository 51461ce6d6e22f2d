"""Sample hosts on loopback sockets: whatever answers requests, served over real HTTP."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

from nianbao.sample.exchange import Answer, Answering, Asked

LONGEST_HANG = 120.0
"""Seconds after which even a hanging page gives up its connection."""
_PIECES = 10
_POLL_SECONDS = 0.02
# SO_LINGER on, zero seconds: closing sends a reset in place of an end.
_RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Request:
    """One request that came in; `at` is in seconds of the monotonic clock."""

    host: str
    method: str
    target: str
    at: float


@dataclass
class Served:
    """A running host: where it is, and what was asked of it."""

    netloc: str
    requests: list[Request] = field(default_factory=list)

    def url(self, path: str) -> str:
        """Return the whole URL of a path."""
        return f"http://{self.netloc}{path}"


class Server(ThreadingHTTPServer):
    """Serves one host; `answering` may be set once the port is known."""

    daemon_threads = True
    # Waiting for the threads of hanging pages would make every stop as slow as the slowest client.
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], seconds_per_answer: float = 0.0) -> None:
        """Take the port; nothing is served yet."""
        super().__init__(address, _Handler)
        self.answering: Answering = _nothing
        self.requests: list[Request] = []
        self.seconds_per_answer = seconds_per_answer
        self.stopping = threading.Event()
        self.netloc = f"{address[0]}:{self.server_address[1]}"

    def start(self) -> None:
        """Serve from a thread of its own."""
        threading.Thread(target=self.serve_forever, args=(_POLL_SECONDS,), daemon=True).start()

    def stop(self) -> None:
        """Let go of hanging clients, and stop."""
        self.stopping.set()
        self.shutdown()


@contextmanager
def serving(answering: Answering, host: str = "127.0.0.1", port: int = 0) -> Iterator[Served]:
    """Serve one host while the context lasts; port 0 takes any free one.

    Raises `OSError` where the port is taken.
    """
    with Server((host, port)) as server:
        server.answering = answering
        server.start()
        try:
            yield Served(server.netloc, server.requests)
        finally:
            server.stop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes, and the second would wait 40 ms for the first one's receipt.
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        """Answer a GET."""
        self._handle("GET")

    def do_POST(self) -> None:
        """Answer a POST."""
        self._handle("POST")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
        """Say nothing: the requests are kept instead."""

    def _handle(self, method: str) -> None:
        server = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server.requests.append(Request(server.netloc, method, self.path, monotonic()))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = server.answering(
            Asked(method, self.path, body.decode("utf-8", "replace"), headers)
        )
        if answer.hangs:
            server.stopping.wait(LONGEST_HANG)
            self.close_connection = True
            return
        server.stopping.wait(server.seconds_per_answer + answer.wire.seconds_before)
        try:
            self._send(answer)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, answer: Answer) -> None:
        wire = answer.wire
        if wire.resets:
            self._reset()
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        length = len(answer.body) if wire.length is None else wire.length
        self.send_header("Content-Length", str(length))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self._send_body(answer.body[: wire.cut_at], wire.seconds_between)
        if length != len(answer.body) or wire.cut_at is not None:
            self.close_connection = True

    def _send_body(self, body: bytes, seconds_between: float) -> None:
        if not seconds_between:
            self.wfile.write(body)
            return
        size = max(len(body) // _PIECES, 1)
        for start in range(0, len(body), size):
            self.wfile.write(body[start : start + size])
            self.wfile.flush()
            if self.server.stopping.wait(seconds_between):
                return

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.connection.close()


def _nothing(asked: Asked) -> Answer:
    return Answer(503)
