"""A web application that serves the published expectation reports to users who are logged in.

The reports are static pages in a folder. Airflow does not authenticate the applications of plugins:
each route asks for the user itself.
"""

from html import escape
from pathlib import Path
from typing import Final

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.core_api.security import get_user
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

HEADERS: Final = {
    # The pages run scripts of their own but have no business with Airflow's API, whose cookie the
    # browser would add, nor with any other host.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'none'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Another version may be published at any time.
    "Cache-Control": "no-cache",
}


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


def create_app(docs_root: Path) -> FastAPI:
    """Return the application for the reports below a folder, which need not exist yet."""
    app = FastAPI(title="Expectation reports", openapi_url=None)
    app.exception_handler(HTTPException)(explain)

    @app.get("/{path:path}", dependencies=[Depends(get_user)])
    def page(path: str) -> FileResponse:
        folder = current(docs_root)
        if folder is None:
            raise HTTPException(404, _NOTHING_YET)
        file = inside(folder, path)
        if file is None:
            raise HTTPException(404, "No such page.")
        return FileResponse(file, headers=HEADERS)

    return app


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
