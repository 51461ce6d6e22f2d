"""A connection goes to the address that was looked up and found harmless, and to no other."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from nianbao.crawl import Client
from nianbao.crawl.addresses import is_connectable
from nianbao.crawl.conduct import Conduct, Network
from nianbao.crawl.exchange import Question
from nianbao.errors import BlockedError, NotAllowedError, TransientFetchError
from nianbao.model import Fetch, Portal

REPORT = "<html><body>" + "政府信息公开工作年度报告" * 100 + "</body></html>"
NAME = "www.example.gov.cn"
Site = Any

FORBIDDEN = """
    127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1
    100.100.100.200 168.63.129.16 192.0.0.192 198.18.0.1 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1 2001:db8::1
    ::ffff:127.0.0.1 ::ffff:a9fe:a9fe 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1::
    2001:0:7f00:1:: ::7f00:1
"""


@pytest.mark.parametrize("address", FORBIDDEN.split())
def test_addresses_that_no_site_of_a_government_has(address: str):
    assert not is_connectable(address)


@pytest.mark.parametrize(
    "address", ["202.96.134.133", "240e::1", "::ffff:202.96.134.133", "64:ff9b::ca60:8685"]
)
def test_public_addresses(address: str):
    assert is_connectable(address)


def test_a_record_may_name_the_range_of_an_internal_network():
    assert is_connectable("10.1.2.3", ["10.0.0.0/8"])
    assert is_connectable("::ffff:10.1.2.3", ["10.0.0.0/8"])
    assert not is_connectable("192.168.0.1", ["10.0.0.0/8"])
    assert is_connectable("fd00::1", ["10.0.0.0/8", "fd00::/8"])


class Names:
    """A resolver whose answers are told in turn, the last one for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def client_with(passing) -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(resolve: Names | None = None, **network: Any) -> Client:
        if resolve is not None:
            network["resolve"] = resolve
        conduct = Conduct(Network(**network))
        made.append(Client("Nianbao/1.0 (+https://example.org)", passing.clock, conduct))
        return made[-1]

    yield make
    for client in made:
        client.close()


def named(portal: Portal, *networks: str, **values: Any) -> Portal:
    return portal.model_copy(update={"hosts": (NAME, "intranet"), "networks": networks, **values})


def url(site: Site, path: str = "/a.html", host: str = NAME) -> str:
    return f"http://{host}:{site.port}{path}"


def ask(client: Client, portal: Portal, address: str, log: list[Fetch] | None = None) -> bytes:
    note = (log if log is not None else []).append
    return client.get(portal, Question(address), note).body


def test_a_name_is_looked_up_once_and_its_answer_used(
    client_with, portal, site: Site, monkeypatch: pytest.MonkeyPatch
):
    site.page("/a.html", REPORT)
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def spy(host, *args, **options):
        looked_up.append(host)
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", spy)
    client = client_with(Names(["127.0.0.1"]))
    assert ask(client, named(portal, "127.0.0.1/32"), url(site)).decode() == REPORT
    assert set(looked_up) == {"127.0.0.1"}
    assert site.asked[-1].headers["Host"] == f"{NAME}:{site.port}"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_a_listed_name_of_a_private_address_is_not_connected_to(
    client_with, portal, site: Site, address: str
):
    log: list[Fetch] = []
    with pytest.raises(NotAllowedError, match="not a public one") as caught:
        ask(client_with(Names([address])), named(portal), url(site), log)
    assert caught.value.url == url(site, "/robots.txt")
    assert [(fetch.purpose, fetch.outcome) for fetch in log] == [("robots", "outside_allow_list")]
    assert site.asked == []


def test_a_name_that_answers_otherwise_the_second_time(client_with, portal, site: Site):
    site.page("/a.html", REPORT)
    names = Names(["127.0.0.1"], ["127.0.0.1"], ["127.0.0.2"])
    client, rebound = client_with(names), named(portal, "127.0.0.1/32")
    ask(client, rebound, url(site))
    with pytest.raises(NotAllowedError, match=r"127\.0\.0\.2 is not a public one"):
        ask(client, rebound, url(site))
    assert names.asked == 3


def test_of_several_addresses_only_the_allowed_ones_are_tried(client_with, portal, site: Site):
    site.page("/a.html", REPORT)
    names = Names(["10.0.0.1", "127.0.0.1", "192.168.0.1"])
    assert ask(client_with(names), named(portal, "127.0.0.1/32"), url(site))


def test_an_address_that_does_not_answer_is_followed_by_the_next(client_with, portal, site: Site):
    site.page("/a.html", REPORT)
    names = Names(["127.0.0.9", "127.0.0.1"])
    assert ask(client_with(names), named(portal, "127.0.0.0/8"), url(site))


def test_a_redirect_to_a_private_address_is_not_followed(client_with, portal, site: Site):
    def answers(host: str, port: int) -> list[str]:
        return ["10.0.0.1"] if host == "intranet" else ["127.0.0.1"]

    site.page("/a.html", status=302, Location=url(site, "/secret", "intranet"))
    with pytest.raises(NotAllowedError, match=r"10\.0\.0\.1"):
        ask(client_with(answers), named(portal, "127.0.0.1/32"), url(site))
    site.page("/b.html", status=302, Location="http://169.254.169.254/latest/meta-data/")
    with pytest.raises(NotAllowedError, match="allow-list"):
        ask(client_with(answers), named(portal, "127.0.0.1/32"), url(site, "/b.html"))


def test_a_name_without_an_address_is_transient(client_with, portal, site: Site):
    def nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(TransientFetchError):
        ask(client_with(nothing), named(portal), url(site))


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example\\@www.example.gov.cn/",
        "http://user:word@www.example.gov.cn/",
        "http://www.example.gov.cn\t.evil.example/",
        "http://www.example.gov.cn@evil.example/",
        "http://[::ffff:7f00:1]/",
    ],
)
def test_addresses_that_say_one_host_and_mean_another(client_with, portal, address: str):
    with pytest.raises(NotAllowedError, match="allow-list"):
        ask(client_with(Names(["127.0.0.1"])), named(portal), address)


def test_behind_a_proxy_the_list_of_hosts_decides_alone(client_with, portal, site: Site):
    site.pages[f"http://{NAME}/a.html"] = [(200, {}, REPORT.encode())]
    client = client_with(Names(["10.0.0.1"]), proxy=site.url())
    assert ask(client, named(portal), f"http://{NAME}/a.html").decode() == REPORT
    assert site.paths() == [f"http://{NAME}/robots.txt", f"http://{NAME}/a.html"]
    with pytest.raises(NotAllowedError):
        ask(client, named(portal), "http://elsewhere.gov.cn/a.html")


def test_the_environment_sets_no_proxy(client_with, portal, site: Site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.page("/a.html", REPORT)
    assert ask(client_with(Names(["127.0.0.1"])), named(portal, "127.0.0.0/8"), url(site))


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/a.html" else 404)
        self.send_header("Content-Length", str(len(REPORT.encode())))
        self.end_headers()
        self.wfile.write(REPORT.encode())

    def log_message(self, *_: object) -> None:
        pass


class _Server(HTTPServer):
    def handle_error(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for the name that nobody but itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    words = key.private_bytes(pem, form, serialization.NoEncryption())
    path.write_bytes(words + made.public_bytes(pem))
    return path


@pytest.fixture
def safe_url(certificate: Path) -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), _Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"https://{NAME}:{server.server_port}/a.html"
    server.shutdown()
    server.server_close()
    thread.join(10)


def test_a_certificate_that_nobody_vouches_for_is_a_block(client_with, portal, safe_url: str):
    client = client_with(Names(["127.0.0.1"]))
    with pytest.raises(BlockedError, match="certificate verify failed"):
        client.get(named(portal, "127.0.0.0/8"), Question(safe_url), lambda _: None)


def test_a_record_may_leave_the_certificate_unverified(client_with, portal, safe_url: str):
    client = client_with(Names(["127.0.0.1"]))
    lenient = named(portal, "127.0.0.0/8", verify_tls=False, tls_reason="expired in 2024")
    assert ask(client, lenient, safe_url).decode() == REPORT
    strict = named(portal, "127.0.0.0/8")
    with pytest.raises(BlockedError):
        ask(client, strict, safe_url)


def test_a_bundle_of_certificates_by_setting(client_with, portal, safe_url: str, certificate: Path):
    client = client_with(Names(["127.0.0.1"]), ca_bundle=str(certificate))
    assert ask(client, named(portal, "127.0.0.0/8"), safe_url).decode() == REPORT
