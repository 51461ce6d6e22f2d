"""A web application that serves the published expectation reports to users who are logged in.

The reports are static pages in a folder. Airflow does not authenticate the applications of plugins:
each route asks for the user and the role itself.
"""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Final

import duckdb
from airflow.api_fastapi.app import get_auth_manager
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from nianbao.documents.sniff import format_of
from nianbao.errors import NianbaoError
from nianbao.site.checks.copies import extension
from nianbao.warehouse.versions import WAREHOUSE_FILE
from nianbao_airflow.access.guard import may_read_reports

HEADERS: Final = {
    # The pages load scripts of their own and run none within themselves. They have no business with
    # Airflow's API, whose cookie the browser would add, nor with any other host.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'none'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Another version may be published at any time.
    "Cache-Control": "no-cache",
}


ZIP: Final = "expectation_reports.zip"
SHOWN: Final = {".html", ".txt", ".png", ".jpg", ".gif"}
DOCUMENT: Final = re.compile(r"archive/[0-9a-f]{2}/(?P<sha256>[0-9a-f]{64})")
_BYTES: Final = "application/octet-stream"
_NOTHING_YET: Final = (
    "No expectation reports have been published yet. "
    "They come with the first successful run of the warehouse's DAG."
)
_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Expectation reports 校验报告</title>
<h1>Expectation reports 校验报告</h1>
<p>{text}</p>
<p><a href="{home}">The latest reports</a></p>
</html>
"""


def create_app(docs_root: Path, archived: Callable[[str], bytes] | None = None) -> FastAPI:
    """Return the application for the reports below a folder, which need not exist yet.

    `archived` returns the bytes of a SHA-256 or raises one of our errors: where a version has too many
    documents for copies of its own, its pages lead to them under `archive/`. Only documents of its reports
    are served: the archive holds drafts too.
    """
    app = FastAPI(title="Expectation reports", openapi_url=None)
    app.exception_handler(HTTPException)(explain)

    @app.get("/{path:path}", dependencies=[Depends(may_read_reports)])
    def page(path: str) -> Response:
        folder = current(docs_root)
        if folder is None:
            raise HTTPException(404, _NOTHING_YET)
        file = zip_of(folder) if path == ZIP else inside(folder, path)
        if file is not None:
            # With a name it is saved, without one it is shown.
            return FileResponse(
                file, headers=HEADERS, filename=None if is_shown(path, file) else file.name
            )
        document = DOCUMENT.fullmatch(path)
        if document is None or archived is None or not is_of_version(folder, document["sha256"]):
            raise HTTPException(404, "No such page.")
        return bytes_of(archived, document["sha256"])

    return app


def zip_of(folder: Path) -> Path | None:
    """Return the zip of a version's reports, which lies beside them."""
    file = folder.with_name(ZIP)
    return file if file.is_file() else None


def is_shown(path: str, file: Path) -> bool:
    """Tell whether a browser may show a file; what it may not is saved.

    Archived documents are shown as text and pictures only; whatever else they are is for the program
    that it was made with.
    """
    return path != ZIP and (file.suffix in SHOWN or not path.startswith("archive/"))


def is_of_version(folder: Path, sha256: str) -> bool:
    """Tell whether the version whose reports are in a folder has reports from a document.

    Where its file does not say so, or cannot be read, it has none.
    """
    try:
        with duckdb.connect(str(folder.with_name(WAREHOUSE_FILE)), read_only=True) as con:
            found = con.execute("SELECT 1 FROM report_versions WHERE sha256 = ? LIMIT 1", [sha256])
            return found.fetchone() is not None
    except duckdb.Error:
        return False


def bytes_of(archived: Callable[[str], bytes], sha256: str) -> Response:
    """Answer with an archived document in a form in which nothing of it runs."""
    try:
        data = archived(sha256)
    except (NianbaoError, OSError):
        raise HTTPException(404, "The archive has no such document.") from None
    try:
        ending = extension(format_of(data), data)
    except NianbaoError:
        ending = "bin"
    # Without a character set: the browser sees for itself which one it is.
    kind, name = ("text/plain", "inline") if ending == "txt" else (_BYTES, "attachment")
    headers = HEADERS | {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": f'{name}; filename="{sha256[:20]}.{ending}"',
        "Content-Type": kind,
    }
    return Response(data, headers=headers)


def current(docs_root: Path) -> Path | None:
    """Return the folder of the present version, or None where nothing is published.

    The root is a link that the next version may switch at any time: it is followed once.
    """
    folder = docs_root.resolve()
    return folder if (folder / "index.html").is_file() else None


def inside(folder: Path, path: str) -> Path | None:
    """Return the file that a URL's path names, or None if it is not there or not in the folder.

    Links are followed first, so neither `..`, nor an absolute path, nor a link leads out.
    """
    try:
        file = (folder / path).resolve()
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file()
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return None
    return file if found and file.is_relative_to(folder.resolve()) else None


async def explain(request: Request, error: HTTPException) -> Response:
    """Answer a browser with a page, or with the login where nobody is; others get the plain error."""
    if "text/html" not in request.headers.get("accept", ""):
        return await http_exception_handler(request, error)
    if error.status_code == 401:
        return RedirectResponse(get_auth_manager().get_url_login(next_url=str(request.url)))
    page = _PAGE.format(text=escape(str(error.detail)), home=escape(_home(request)))
    return HTMLResponse(page, error.status_code, headers=HEADERS)


def _home(request: Request) -> str:
    """Return the path of the first page, below wherever the application is mounted."""
    return str(request.scope.get("root_path", "")).rstrip("/") + "/"
