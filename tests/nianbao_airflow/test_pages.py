"""The expectation reports in the UI: for users who are logged in, and nothing beside them."""

import pytest
from airflow.api_fastapi.core_api.security import get_user
from fastapi.testclient import TestClient

from nianbao_airflow import reports_app
from nianbao_airflow.pages import MOUNT, PREFIX, VIEW, menu_href
from nianbao_airflow.reports_app import create_app, inside


@pytest.fixture
def docs(tmp_path):
    """Two versions; the link points at the second. A secret lies beside them."""
    for version in ("v1", "v2"):
        folder = tmp_path / version
        (folder / "validations").mkdir(parents=True)
        (folder / "index.html").write_text(f"<h1>{version} 校验报告</h1>", "utf-8")
        (folder / "validations" / "run.html").write_text("run", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "v2" / "way_out").symlink_to(tmp_path / "secret.txt")
    link = tmp_path / "docs"
    link.symlink_to(tmp_path / "v2")
    return link


@pytest.fixture
def app(docs):
    return create_app(docs)


@pytest.fixture
def client(app):
    """A user who is logged in."""
    app.dependency_overrides[get_user] = lambda: object()
    with TestClient(app) as client:
        yield client


def test_nobody_reads_without_a_login(app):
    with TestClient(app) as stranger:
        for path in ("/", "/index.html", "/validations/run.html", "/nothing"):
            assert stranger.get(path).status_code == 401


def test_a_browser_without_a_login_is_sent_to_it(app, monkeypatch):
    class Manager:
        def get_url_login(self, *, next_url):
            return f"/auth/login?next={next_url}"

    monkeypatch.setattr(reports_app, "get_auth_manager", Manager)
    with TestClient(app, follow_redirects=False) as stranger:
        answer = stranger.get("/", headers={"accept": "text/html"})
    assert answer.status_code == 307
    assert answer.headers["location"].startswith("/auth/login?next=http://testserver/")


def test_the_present_version_is_served(client, docs, tmp_path):
    assert "v2" in client.get("/").text
    assert client.get("/validations/run.html").text == "run"
    docs.unlink()
    docs.symlink_to(tmp_path / "v1")
    assert "v1" in client.get("/").text


def test_pages_may_not_call_other_places(client):
    headers = client.get("/").headers
    assert "connect-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/validations/..%2f..%2fsecret.txt",
        "/way_out",
        "/%2fetc%2fpasswd",
        "//etc/passwd",
        "/%00",
        "/" + "x" * 5000,
        "/validations",
    ],
)
def test_no_path_leads_out(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "path", ["../secret.txt", "/etc/passwd", "way_out", "\0", "a/../../secret.txt"]
)
def test_not_even_below_the_routing(docs, path):
    assert inside(docs.resolve(), path) is None


def test_nothing_published_yet(tmp_path):
    app = create_app(tmp_path / "missing")
    app.dependency_overrides[get_user] = lambda: object()
    with TestClient(app) as client:
        answer = client.get("/")
    assert answer.status_code == 404
    assert "published" in answer.json()["detail"]


def test_the_menu_leads_to_the_mount():
    assert MOUNT["url_prefix"] == PREFIX
    assert VIEW["href"].endswith(PREFIX + "/")
    assert menu_href("https://example.test/airflow/") == "/airflow" + PREFIX + "/"
    assert menu_href("") == PREFIX + "/"


def test_a_browser_is_told_so_in_a_page(client, docs, tmp_path):
    answer = client.get("/<b>none", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "No such page." in answer.text
    assert answer.headers["content-security-policy"]
    docs.unlink()
    first = client.get("/", headers={"accept": "text/html"})
    assert (first.status_code, "published yet" in first.text) == (404, True)
