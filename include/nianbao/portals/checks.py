"""What a record can get wrong beyond its types: one fault each, with the place it stands in."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from nianbao.divisions import load_divisions
from nianbao.errors import ConfigurationError
from nianbao.model import Agency, Portal, normalise_name
from nianbao.model.credit_code import check_character, is_credit_code
from nianbao.portals.families import family_named
from nianbao.portals.provinces import Province, provinces

Fault = tuple[str, str]
"""Place, such as `agencies.0.credit_code` (empty where the whole record is meant), and message."""

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")
_ID_OF_CODE = re.compile(r"cn-(\w{18})")


def faults_of(portal: Portal) -> Iterator[Fault]:
    """Yield what is wrong with a record; the province is the first part of its id."""
    province = provinces().get(portal.id.partition("/")[0])
    yield from _host_faults(portal)
    yield from _reason_faults(portal)
    yield from _twice("agencies", "id", (agency.id for agency in portal.agencies))
    names = [{normalise_name(n) for n in (a.name, *a.aliases)} for a in portal.agencies]
    yield from _twice("agencies", "name", (name for own in names for name in own))
    for number, agency in enumerate(portal.agencies):
        for place, message in _agency_faults(agency, province):
            yield f"agencies.{number}.{place}", message
    try:
        family_named(portal.family).check(portal)
    except ConfigurationError as error:
        yield "", str(error)


def _host_faults(portal: Portal) -> Iterator[Fault]:
    for number, host in enumerate(portal.hosts):
        if not _HOST.fullmatch(host):
            fault = f"{host!r} is no host: write www.example.gov.cn, in lower case, without http://"
            yield f"hosts.{number}", fault
    yield from _twice("hosts", "host", portal.hosts)
    yield from _twice("start_urls", "URL", portal.start_urls)
    urls = [(f"start_urls.{number}", url) for number, url in enumerate(portal.start_urls)]
    urls += [(f"params.{n}", v) for n, v in portal.params.items() if isinstance(v, str)]
    for place, url in urls:
        if _is_elsewhere(url, portal.hosts):
            yield place, f"{url} is on none of the hosts"


def _is_elsewhere(url: str, hosts: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    return parts.scheme in {"http", "https"} and not {parts.hostname, parts.netloc} & {*hosts}


def _reason_faults(portal: Portal) -> Iterator[Fault]:
    if not portal.verify_tls and not portal.tls_reason:
        yield "verify_tls", "false needs tls_reason: why the certificate can't be verified"
    if not portal.enabled and not portal.status_note:
        yield "enabled", "false needs status_note: why the portal is not harvested"
    if (portal.verified == "live") != (portal.verified_on is not None):
        yield "verified", "`live` and verified_on stand together: the day somebody saw the pages"


def _agency_faults(agency: Agency, province: Province | None) -> Iterator[Fault]:
    code = agency.credit_code
    if code and not is_credit_code(code):
        fault = f"{code} is misprinted: its last character should be {check_character(code[:-1])}"
        yield "credit_code", fault
    named = _ID_OF_CODE.fullmatch(agency.id)
    if named and named[1] != code:
        yield "id", f"{agency.id} is not cn- and the agency's credit_code"
    if province is None:
        return
    for place, found in (("division", agency.division), ("credit_code", code and code[2:])):
        if found and not found.startswith(province.code):
            fault = (
                f"{found[:2]}… is not in {province.folder} ({province.code}…), the folder's name"
            )
            yield place, fault
    if agency.division and agency.division not in load_divisions():
        yield "division", f"no administrative division has the code {agency.division}"


def _twice(place: str, what: str, values: Iterable[str]) -> Iterator[Fault]:
    all_values = list(values)
    twice = sorted({value for value in all_values if all_values.count(value) > 1})
    if twice:
        yield place, f"{what} given twice: {', '.join(twice)}"


def registry_faults(portals: Iterable[Portal]) -> list[str]:
    """Return what records say against each other, one line each.

    Names decide over all portals which organisation a report belongs to, so one that two
    organisations have sends the reports of both to one of them.
    """
    portals = list(portals)
    named = [(portal.id, agency) for portal in portals for agency in portal.agencies]
    names = (
        (normalise_name(name), agency.id, where)
        for where, agency in named
        for name in (agency.name, *agency.aliases)
    )
    return [
        *_several("organisation", ((a.id, a.name, where) for where, a in named)),
        *_several("credit code", ((a.credit_code or "", a.id, where) for where, a in named)),
        *_several("name", names),
        *_several("start URL", ((url, p.id, p.id) for p in portals for url in p.start_urls)),
    ]


def _several(what: str, items: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield a line for every key that has several values; an item is key, value, portal."""
    found: dict[str, dict[str, str]] = {}
    for key, value, where in items:
        if key:
            found.setdefault(key, {}).setdefault(value, where)
    for key, values in sorted(found.items()):
        if len(values) > 1:
            uses = ", ".join(f"{value} in {where}" for value, where in sorted(values.items()))
            yield f"{what} {key} is several: {uses}"
