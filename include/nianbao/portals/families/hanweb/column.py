"""A column page: what you see is an empty list, and a script of type text/xml holds the records."""

import re
from urllib.parse import urljoin

from nianbao.errors import ReadError
from nianbao.model import Lead, Portal
from nianbao.portals.families.base import ListRequest, Step
from nianbao.portals.families.hanweb.paging import Paging, request_for
from nianbao.portals.families.hanweb.records import leads_of, read_links, read_records

_STORE = re.compile(r"<datastore>.*?</datastore>", re.DOTALL | re.IGNORECASE)
_NEXT_GROUP = re.compile(
    r"<nextgroup>[^>]*?href=[\"']([^\"']+)[\"'].*?</nextgroup>", re.DOTALL | re.IGNORECASE
)
_PROXY = re.compile(r"proxyUrl\s*:\s*[\"']([^\"']+)[\"']")
_TOTAL = re.compile(r"totalRecord\s*[:=]\s*[\"']?(\d+)|<totalrecord>(\d+)", re.IGNORECASE)
_PER_PAGE = re.compile(r"perPage\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)
_FIELDS = "col|appid|webid|path|columnid|sourceContentType|unitid|keyWordCount|permissiontype"
# In the script's options (`webid:1`) or in its query string (`webid=1&…`).
_FIELD = re.compile(rf"\b({_FIELDS})[\"']?\s*[:=]\s*[\"']?([^\"'&,;\s}}<]+)")
DEFAULT_PROXY = "/module/web/jpage/dataproxy.jsp"


def read_column(portal: Portal, url: str, text: str) -> Step:
    """Return the reports on a column page, and the request that pages through the rest.

    A page may have several lists. One that was drawn by the server has links and nothing to page.
    Raises `ReadError` (`no_list`) where the page has no list at all: the site has changed.
    """
    stores = list(_STORE.finditer(text))
    if not stores:
        return _read_plain(portal, url, text)
    leads: list[Lead] = []
    requests: list[ListRequest] = []
    ends = [store.start() for store in stores[1:]] + [len(text)]
    for store, end in zip(stores, ends, strict=True):
        records = read_records(store.group())
        leads += leads_of(portal.id, url, records)
        hrefs = {record.href for record in records}
        # The options of a list follow its records; before the first store there may be some too.
        script = text[store.end() : end] + text[: stores[0].start()]
        requests += _paging(portal, url, store.group(), script, len(hrefs))
    return Step(tuple(leads), tuple(requests))


def _read_plain(portal: Portal, url: str, text: str) -> Step:
    links = read_links(text)
    if not links:
        raise ReadError("no_list", "the column page has neither records nor links")
    return Step(leads_of(portal.id, url, links))


def _paging(portal: Portal, url: str, store: str, script: str, shown: int) -> list[ListRequest]:
    total = _number(_TOTAL, store) or _number(_TOTAL, script)
    link = _NEXT_GROUP.search(store)
    proxy, fields = _from_link(link.group(1)) if link else ("", {})
    fields = {**dict(_FIELD.findall(script)), **fields}
    if "unitid" not in fields or (total is not None and total <= shown):
        return []
    if named := _PROXY.search(script):
        proxy = named.group(1)
    paging = Paging(
        url=urljoin(url, proxy or DEFAULT_PROXY),
        fields=tuple(f"{name}={value}" for name, value in fields.items()),
        per_page=_number(_PER_PAGE, script) or 15,
        total=total,
        by_post=portal.params.get("paging_method", "post") == "post",
        referer=url,
    )
    return [request_for(paging)]


def _from_link(href: str) -> tuple[str, dict[str, str]]:
    """Split the link to the next group; values stay as they are, since some are encrypted."""
    path, _, query = href.replace("&amp;", "&").partition("?")
    pairs = (part.partition("=") for part in query.split("&") if part)
    return path, {name: value for name, _, value in pairs if name != "page"}


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return int(next(group for group in found.groups() if group)) if found else None
