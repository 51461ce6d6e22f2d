"""How the crawl behaves by the settings, and what the log tells it to leave out."""

from collections.abc import Sequence
from datetime import datetime

from nianbao.crawl.client import Client
from nianbao.crawl.conduct import Conduct, Limits, Network
from nianbao.crawl.orders import Orders
from nianbao.crawl.revisit import Revisit
from nianbao.crawl.years import wanted_years, years_due
from nianbao.model import Lead, Portal
from nianbao.pipeline.attachments import attachments_instead
from nianbao.pipeline.log_lines import Lines
from nianbao.portals.families import Years, family_named
from nianbao.settings import Settings

_HAD = frozenset({"fetched", "unchanged", "changed", "gone"})


def client_of(settings: Settings) -> Client:
    """Return a client that goes the way, and keeps to the limits and the pace, of the settings."""
    bundle = str(settings.ca_bundle) if settings.ca_bundle else None
    limits = Limits(
        settings.portal_requests,
        settings.portal_seconds,
        settings.host_requests,
        settings.host_seconds,
    )
    network = Network(settings.proxy or None, bundle)
    return Client(settings.user_agent, conduct=Conduct(network, limits, settings.pace_folder))


def orders_of(
    settings: Settings,
    portals: Sequence[Portal],
    lines: Lines,
    run_id: str,
    years: Sequence[int] | None,
    now: datetime,
    *,
    due_only: bool = False,
) -> Orders:
    """Return what to ask for: everything on the years that are given, else what may be new.

    With `due_only`, of the years that are given too only what may be new.
    """
    return Orders(
        revisit=None
        if years and not due_only
        else Revisit(settings.revisit_young_days, settings.revisit_every_days),
        links=attachments_instead,
        pages_of={} if years else _years_due(settings, portals, lines, run_id, now),
        done=_done(lines, run_id),
    )


def years_of(years: Sequence[int] | None) -> Years:
    """Return report years as the crawl takes them; none at all is any year."""
    return tuple(years) if years else None


def _years_due(
    settings: Settings, portals: Sequence[Portal], lines: Lines, run_id: str, now: datetime
) -> dict[str, Years]:
    """Return the years to ask for of each portal that has a page for each year.

    What this run itself has asked for tells nothing.
    """
    days = settings.revisit_every_days
    return {
        portal.id: years_due(
            (fetch for run, fetch in lines.get(portal.id, ()) if run != run_id), pages, days, now
        )
        for portal in portals
        if (pages := _pages(portal, now))
    }


def _pages(portal: Portal, now: datetime) -> Sequence[Lead]:
    """Return the leads of a portal that need no list."""
    return family_named(portal.family).start(portal, wanted_years(portal, None, now)).leads


def _done(lines: Lines, run_id: str) -> frozenset[tuple[str, str]]:
    """Return the portal and URL of each report that this run has had before it was interrupted."""
    return frozenset(
        (portal_id, fetch.url)
        for portal_id, of_portal in lines.items()
        for run, fetch in of_portal
        if run == run_id and fetch.purpose == "report" and fetch.outcome in _HAD
    )
