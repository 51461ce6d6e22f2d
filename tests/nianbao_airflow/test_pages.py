"""The expectation reports in the UI: for users who are logged in, and nothing beside them."""

import hashlib

import duckdb
import pytest
from airflow.api_fastapi.core_api.security import get_user
from fastapi.testclient import TestClient

from nianbao.errors import ReadError
from nianbao_airflow import reports_app
from nianbao_airflow.access import guard
from nianbao_airflow.access.roles import REPORTS
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
def allowed(monkeypatch):
    """The resources that the user's role includes, by the word of Airflow's auth manager."""
    resources = [REPORTS]

    class Manager:
        def is_authorized_custom_view(self, *, method, resource_name, user):
            return method == "GET" and resource_name in resources

    monkeypatch.setattr(guard, "get_auth_manager", Manager)
    return resources


@pytest.fixture
def client(app, allowed):
    """A user who is logged in, and whose role includes the reports."""
    app.dependency_overrides[get_user] = lambda: object()
    with TestClient(app) as client:
        yield client


def test_nobody_reads_without_a_login(app):
    with TestClient(app) as stranger:
        for path in ("/", "/index.html", "/validations/run.html", "/nothing"):
            assert stranger.get(path).status_code == 401


def test_a_user_whose_role_leaves_them_out_is_refused(client, allowed):
    allowed.clear()
    answer = client.get("/", headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert "v2" not in answer.text
    assert "无权查看" in answer.text


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


def test_nothing_published_yet(tmp_path, allowed):
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


ARCHIVED = b"<html><script>alert(1)</script></html>"
SHA256 = hashlib.sha256(ARCHIVED).hexdigest()
DRAFT = "d" * 64


@pytest.fixture
def archive_client(docs, allowed):
    """A user who is logged in; the archive has a document of the version, and a draft."""
    with duckdb.connect(str(docs.resolve().with_name("nianbao.duckdb"))) as con:
        con.execute("CREATE TABLE report_versions AS SELECT ? AS sha256", [SHA256])

    def read(sha256):
        if sha256 not in (SHA256, DRAFT):
            raise ReadError("archive_missing", "not here")
        return ARCHIVED

    app = create_app(docs, read)
    app.dependency_overrides[get_user] = lambda: object()
    with TestClient(app) as client:
        yield client


def test_an_archived_document_is_handed_out_as_bytes_that_run_nothing(archive_client):
    answer = archive_client.get(f"/archive/{SHA256[:2]}/{SHA256}")
    assert answer.content == ARCHIVED
    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_no_other_document_is_handed_out(archive_client):
    for name in ("0" * 64, SHA256[:20], f"..%2f{SHA256}", f"{SHA256}.html"):
        assert archive_client.get(f"/archive/00/{name}").status_code == 404


def test_a_draft_is_in_the_archive_and_not_handed_out(archive_client, docs):
    path = f"/archive/{DRAFT[:2]}/{DRAFT}"
    assert archive_client.get(path).status_code == 404
    docs.resolve().with_name("nianbao.duckdb").unlink()
    assert archive_client.get(f"/archive/{SHA256[:2]}/{SHA256}").status_code == 404


def test_a_copy_in_the_reports_is_saved_and_not_opened(archive_client, docs):
    folder = docs.resolve() / "archive" / "ab"
    folder.mkdir(parents=True)
    for ending, saved in {"txt": False, "doc": True, "svg": True, "pdf": True}.items():
        (folder / f"abc.{ending}").write_bytes(ARCHIVED)
        answer = archive_client.get(f"/archive/ab/abc.{ending}")
        assert ("attachment" in answer.headers.get("content-disposition", "")) == saved


def test_the_reports_are_handed_out_as_one_zip(archive_client, docs, client):
    assert archive_client.get("/expectation_reports.zip").status_code == 404
    docs.resolve().with_name("expectation_reports.zip").write_bytes(b"PK")
    answer = archive_client.get("/expectation_reports.zip")
    assert answer.content == b"PK"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_no_script_within_a_page_is_allowed(client):
    policy = client.get("/").headers["content-security-policy"]
    assert "script-src 'self';" in policy
