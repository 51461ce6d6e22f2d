"""A column page: what you see is an empty list, and a script of type text/xml holds the records."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest
from nianbao.portals.families.hanweb.paging import Paging, is_encrypted, request_for
from nianbao.portals.families.hanweb.records import read_records
from nianbao.portals.families.rows import Row
from nianbao.portals.families.visit import Visit

_STORE = re.compile(r"<datastore>.*?</datastore>", re.DOTALL | re.IGNORECASE)
_NEXT_GROUP = re.compile(
    r"<nextgroup>[^>]*?href=[\"']([^\"']+)[\"'].*?</nextgroup>", re.DOTALL | re.IGNORECASE
)
_PROXY = re.compile(r"proxyUrl\s*:\s*[\"']([^\"']+)[\"']")
_TOTAL = re.compile(r"totalRecord\s*[:=]\s*[\"']?(\d+)|<totalrecord>(\d+)", re.IGNORECASE)
_PER_PAGE = re.compile(r"perPage\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)
_FIELDS = "col|appid|webid|path|columnid|sourceContentType|unitid|keyWordCount|permissiontype"
# In the script's options (`webid:1`) or in its query string (`webid=1&…`). A list of columns has
# commas in it.
_FIELD = re.compile(rf"\b({_FIELDS})[\"']?\s*[:=]\s*[\"']?((?:\d+(?:,\d+)+)|[^\"'&,;\s}}<]+)")
DEFAULT_PROXY = "/module/web/jpage/dataproxy.jsp"


@dataclass(frozen=True, slots=True)
class Store:
    """One list of a column page: the records shown, and the request that pages through all."""

    rows: list[Row]
    request: ListRequest | None


def stores_of(portal: Portal, url: str, text: str, visit: Visit) -> Iterator[Store]:
    """Yield the lists of a page; it may have several, or none."""
    stores = list(_STORE.finditer(text))
    if not stores:
        return
    ends = [store.start() for store in stores[1:]] + [len(text)]
    for store, end in zip(stores, ends, strict=True):
        rows = read_records(store.group(), url)
        # The options of a list follow its records; before the first store there may be some too.
        script = text[store.end() : end] + text[: stores[0].start()]
        paging = _paging(portal, url, store.group(), script)
        whole = paging is None or (paging.total is not None and paging.total <= len(rows))
        request = None if whole or not paging else request_for(_at(visit, paging), paging, url)
        yield Store(rows, request)


def renewed(paging: Paging, answer: str) -> Paging:
    """Return the paging for the next request: encrypted values are the last answer's own."""
    link = _NEXT_GROUP.search(answer)
    if link is None or not is_encrypted(paging.fields):
        return paging
    _, fields = _from_link(link[1])
    return replace(paging, fields=tuple(f"{name}={value}" for name, value in fields.items()))


def total_of(answer: str) -> int | None:
    """Return how many records an answer says that the list has."""
    return _number(_TOTAL, answer)


def _at(visit: Visit, paging: Paging) -> Visit:
    return replace(visit, cursor=paging)


def _paging(portal: Portal, url: str, store: str, script: str) -> Paging | None:
    link = _NEXT_GROUP.search(store)
    proxy, fields = _from_link(link.group(1)) if link else ("", {})
    written = tuple(f"{name}={value}" for name, value in fields.items())
    if not is_encrypted(written):
        fields = {**dict(_FIELD.findall(script)), **fields}
        written = tuple(f"{name}={value}" for name, value in fields.items())
    if "unitid" not in fields:
        return None
    if named := _PROXY.search(script):
        proxy = named.group(1)
    return Paging(
        url=urljoin(url, proxy or DEFAULT_PROXY),
        fields=written,
        per_page=_number(_PER_PAGE, script) or 15,
        total=_number(_TOTAL, store) or _number(_TOTAL, script),
        by_post=portal.params.get("paging_method", "post") == "post",
    )


def _from_link(href: str) -> tuple[str, dict[str, str]]:
    """Split the link to the next group; values stay as they are, since some are encrypted."""
    path, _, query = href.replace("&amp;", "&").partition("?")
    pairs = (part.partition("=") for part in query.split("&") if part)
    return path, {name: value for name, _, value in pairs if name != "page"}


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return int(next(group for group in found.groups() if group)) if found else None
