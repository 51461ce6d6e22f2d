"""The expectation reports as pages of Airflow's UI: where they are mounted, and their menu entry.

Airflow imports plugins in every process, those of the tasks too, so the web application is built
on its first request and not before.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from airflow.sdk.configuration import conf

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import Receive, Scope, Send

PREFIX: Final = "/expectation-reports"


async def serve(scope: "Scope", receive: "Receive", send: "Send") -> None:
    """Answer one request (the ASGI interface)."""
    await _application()(scope, receive, send)


@cache
def _application() -> "FastAPI":
    from nianbao.archive.store import Archive
    from nianbao.settings import Settings
    from nianbao_airflow.reports_app import create_app

    settings = Settings()
    return create_app(settings.docs_root, Archive(settings.archive_root).get)


def menu_href(base_url: str) -> str:
    """Return the address of the reports below the UI's own, which may have a path."""
    return urlsplit(base_url).path.rstrip("/") + PREFIX + "/"


MOUNT: Final[dict[str, Any]] = {
    "app": serve,
    "url_prefix": PREFIX,
    "name": "Expectation reports",
}

# Without `url_route` the entry opens the page itself. Inside the UI's frame, whose sandbox has no
# `allow-popups`, the links to the sources would do nothing.
VIEW: Final[dict[str, Any]] = {
    "name": "Expectation reports 校验报告",
    "href": menu_href(conf.get("api", "base_url", fallback="") or ""),
    "destination": "nav",
    "category": "browse",
}
