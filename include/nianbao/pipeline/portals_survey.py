"""Sites surveyed through the crawl's client: under robots.txt, at a polite pace, a few pages each."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from nianbao.crawl.client import Client
from nianbao.crawl.exchange import Question
from nianbao.errors import NotAllowedError
from nianbao.model import Portal
from nianbao.model.portal import Politeness
from nianbao.pipeline.conduct import client_of
from nianbao.portals.families import ListRequest
from nianbao.portals.survey import Ask, Received, Survey, site_of
from nianbao.portals.surveying import joined, survey
from nianbao.portals.trial import FIRST_YEAR
from nianbao.portals.writing import record_yaml
from nianbao.settings import Settings

_CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Manner:
    """How sites are asked."""

    seconds_between_requests: float = 1.0
    suffixes: tuple[str, ...] = ("gov.cn",)
    """Hosts that may be asked: copies of reports stand on look-alike domains."""
    networks: tuple[str, ...] = ()
    """Private address ranges that may be asked, for a government's internal network."""

    def allows(self, url: str) -> bool:
        """Tell whether a URL's host is below one of the suffixes."""
        name = urlsplit(url).hostname or ""
        return any(name == suffix or name.endswith(f".{suffix}") for suffix in self.suffixes)

    @property
    def politeness(self) -> Politeness:
        """Little patience: a site that is down is asked another day."""
        return Politeness(
            seconds_between_requests=self.seconds_between_requests, timeout_seconds=20, retries=1
        )


class Surveyor:
    """Surveys sites with one client, so that pace and robots.txt hold over all of them."""

    def __init__(self, client: Client, manner: Manner, today: date) -> None:
        """Begin with no site known."""
        self._client = client
        self._manner = manner
        self.today = today

    def survey(self, url: str, agencies: Sequence[dict[str, str]] = ()) -> Survey:
        """Return what a few pages of a site tell; safe to call from several threads."""
        return survey(url, self._ask_of(url), self.today.year - 1, agencies=agencies)

    def _ask_of(self, entry: str) -> Ask:
        site = site_of(entry)

        def ask(request: ListRequest) -> Received:
            if site_of(request.url) != site and not self._manner.allows(request.url):
                raise NotAllowedError("not asked: another site", url=request.url)
            portal = self._portal(entry, request.url)
            question = Question(request.url, request.body, request.referer, headers=request.headers)
            answer = self._client.get(portal, question, lambda _: None)
            return Received(answer.url, answer.body, answer.media_type)

        return ask

    def _portal(self, entry: str, url: str) -> Portal:
        """Return a passing portal that allows the host asked, with and without www."""
        hosts = dict.fromkeys(urlsplit(one).netloc.lower() for one in (url, entry))
        twins = [host.removeprefix("www.") for host in hosts]
        return Portal(
            # What a run may ask for is counted by portal.
            id=f"survey/{re.sub('[^a-z0-9]+', '_', site_of(entry).lower())}",
            name="survey",
            family="hanweb",
            hosts=(*hosts, *twins, *(f"www.{twin}" for twin in twins)),
            networks=self._manner.networks,
            politeness=self._manner.politeness,
        )


@contextmanager
def surveyor(settings: Settings, manner: Manner) -> Iterator[Surveyor]:
    """Open a client for surveys."""
    with client_of(settings) as client:
        yield Surveyor(client, manner, datetime.now(_CHINA).date())


def sniff_site(settings: Settings, url: str, manner: Manner) -> tuple[Survey, str]:
    """Survey one site; return what was found and the YAML that is proposed, empty without one."""
    with surveyor(settings, manner) as one:
        found = one.survey(url)
        if found.proposal is None:
            return found, ""
        record = proposed_record(found, found.site_name or urlsplit(url).netloc, manner)
        return found, record_yaml(record, proposal_notes(found, one.today, "sniff", manner))


def proposed_record(
    found: Survey, name: str, manner: Manner, agencies: Sequence[dict[str, str]] = ()
) -> dict[str, Any]:
    """Return a record for a surveyed site, disabled where its list held no report."""
    if found.proposal is None:
        raise ValueError("a record needs a proposal")
    record: dict[str, Any] = {
        "name": name,
        "family": found.proposal.family,
        "hosts": [host for host in found.hosts if _is_trusted(host, found, manner)],
        "networks": list(manner.networks),
        "start_urls": list(found.proposal.start_urls),
        "params": {key: _plain(value) for key, value in found.proposal.params.items()},
        "agencies": joined(agencies, found.agencies),
        "years": {"first": FIRST_YEAR} if found.years_needed else None,
        "verified": "unverified",
    }
    if found.status != "ready":
        record |= {"enabled": False, "status_note": found.reason}
    return {key: value for key, value in record.items() if value not in (None, [], {})}


def proposal_notes(found: Survey, today: date, by: str, manner: Manner) -> list[str]:
    """Return what the survey saw, as comments for whoever completes the record."""
    proposal = found.proposal
    seen = "; ".join(proposal.evidence) if proposal else ""
    confidence = proposal.confidence if proposal else "none"
    notes = [f"Proposed by `nianbao portal {by}` on {today}, confidence {confidence}: {seen}."]
    if found.leads:
        example = found.leads[0].title or found.leads[0].url
        notes.append(f"Its first list pages hold {len(found.leads)} reports, such as {example}.")
    else:
        notes.append(f"No report was seen: {found.reason}.")
    if foreign := foreign_hosts(found, manner):
        notes.append(f"Some reports are on hosts that are not allowed here: {', '.join(foreign)}.")
    if found.agencies:
        notes.append(
            f"The site names {len(found.agencies)} agencies with their credit codes; names are as its "
            "links print them, and have to be made whole."
        )
    return [*notes, "Nobody has looked at what it yields yet."]


def foreign_hosts(found: Survey, manner: Manner) -> list[str]:
    """Return the hosts of reports that a record doesn't allow by itself: people have to look."""
    return [host for host in found.hosts if not _is_trusted(host, found, manner)]


def _is_trusted(host: str, found: Survey, manner: Manner) -> bool:
    """Tell whether a host is the site's own or below a suffix: a list may link to anywhere."""
    return site_of(f"//{host}") == site_of(found.url) or manner.allows(f"//{host}")


def _plain(value: str | int | tuple[str, ...]) -> str | int | list[str]:
    return list(value) if isinstance(value, tuple) else value
