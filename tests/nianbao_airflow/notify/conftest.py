import json
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from nianbao_airflow.notify import memory, post
from nianbao_airflow.notify.message import Message


@dataclass
class Robot:
    """A robot on loopback: what it was sent, and what it answers, the last for good."""

    url: str = ""
    answers: list[tuple[int, dict]] = field(default_factory=lambda: [(200, {"errcode": 0})])
    asked: list[tuple[str, dict, dict]] = field(default_factory=list)


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def message():
    return Message(
        kind="health",
        level="warning",
        title="标题",
        lines=("一", "二"),
        links=(("查看运行", "http://a.example/r"),),
        at="2026-01-05 11:00（北京时间）",
    )


@pytest.fixture
def robot():
    robot = Robot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            robot.asked.append((self.path, json.loads(body), dict(self.headers)))
            status, said = robot.answers[min(len(robot.asked), len(robot.answers)) - 1]
            self.send_response(status)
            self.send_header("location", f"{robot.url}/elsewhere")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_arguments):
            pass

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        robot.url = f"http://127.0.0.1:{port}"
        yield robot


@pytest.fixture
def mails():
    """A mail server on loopback, and the mails that it took: who, to whom, the text."""
    taken = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            sender, people = "", []
            self.say("220 ready")
            while line := self.rfile.readline().decode().strip():
                word = line.upper()
                if word.startswith("MAIL FROM"):
                    sender = line
                elif word.startswith("RCPT TO"):
                    people.append(line[9:-1])
                elif word == "DATA":
                    self.say("354 go on")
                    text = []
                    while (line := self.rfile.readline()) != b".\r\n":
                        text.append(line)
                    taken.append((sender, people, b"".join(text)))
                self.say("221 bye" if word == "QUIT" else "250 ok")

        def say(self, line):
            self.wfile.write(f"{line}\r\n".encode())

    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)) as port:
        yield port, taken


@pytest.fixture
def told(monkeypatch):
    """Airflow's Variable, replaced by a list whose last text is its value."""
    texts = [""]
    monkeypatch.setattr(memory, "read_variable", lambda: texts[-1])
    monkeypatch.setattr(memory, "write_variable", texts.append)
    return texts


@pytest.fixture
def impatient(monkeypatch):
    """No pauses between the tries."""
    deliver = post.deliver
    monkeypatch.setattr(
        "nianbao_airflow.notify.send.deliver", lambda one, timeout: deliver(one, timeout, pause=0)
    )
