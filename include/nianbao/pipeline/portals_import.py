"""A roster of agencies and hosts to portal records: each host surveyed once, its record written."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from nianbao.documents.read import read_document
from nianbao.documents.sniff import format_of
from nianbao.errors import ConfigurationError, ReadError
from nianbao.pipeline.portals_survey import Manner, Surveyor, foreign_hosts, surveyor
from nianbao.pipeline.portals_triage import Triage, TriageFile
from nianbao.pipeline.portals_writing import Drawer
from nianbao.portals.registry import load_valid_portals
from nianbao.portals.roster import RosterRow, csv_cells, read_roster
from nianbao.portals.survey import Survey
from nianbao.settings import Settings

MOST_PAGES_OF_A_HOST = 40
"""Over all addresses that a roster names on one host."""
_WORKBOOKS = frozenset({"xlsx", "xls"})


@dataclass(frozen=True)
class Import:
    """What an import is told beside the roster."""

    triage: Path
    again: frozenset[str] = frozenset()
    """Statuses of an earlier run whose hosts are asked again."""
    manner: Manner = field(default_factory=Manner)
    hosts_at_once: int = 8


def import_roster(settings: Settings, roster: Path, wanted: Import) -> Iterator[Triage]:
    """Survey the hosts of a roster, write their records, and yield a line for each as it is done.

    Lines of an earlier run come first; their hosts aren't asked again. Raises `ConfigurationError`
    where the roster can't be read.
    """
    rows, left_out = read_roster(roster_cells(roster))
    file = TriageFile(wanted.triage)
    before = file.resume(wanted.again)
    yield from before
    known = {(row.host, "" if row.host else row.reason) for row in before}
    new = (Triage("", "needs a hand", reason=line) for line in left_out)
    yield from _kept(file, (row for row in new if (row.host, row.reason) not in known))
    groups = _by_host(row for row in rows if (row.host, "") not in known)
    with surveyor(settings, wanted.manner) as one:
        drawer = Drawer(settings.portals_dir, _hosts_known(settings), wanted.manner, one.today)
        yield from _kept(file, _imported(groups, one, drawer, wanted))


def roster_cells(path: Path) -> list[list[str]]:
    """Return the cells of a roster: CSV, or a workbook's tables one below the other."""
    try:
        data = path.read_bytes()
        if format_of(data) not in _WORKBOOKS:
            return csv_cells(data)
        tables = read_document(data).tables
    except (OSError, ReadError) as error:
        raise ConfigurationError(f"roster {path}: {error}") from error
    return [[cell.text if cell else "" for cell in row] for table in tables for row in table.grid]


def _kept(file: TriageFile, rows: Iterator[Triage]) -> Iterator[Triage]:
    for row in rows:
        file.add(row)
        yield row


def _imported(
    groups: Mapping[str, Sequence[RosterRow]], one: Surveyor, drawer: Drawer, wanted: Import
) -> Iterator[Triage]:
    """Yield the hosts as they are done; only this thread writes."""
    allowed = [rows for rows in groups.values() if wanted.manner.allows(rows[0].url)]
    for rows in groups.values():
        if rows not in allowed:
            reason = f"not asked: no host below {', '.join(wanted.manner.suffixes)}"
            yield _triage(rows, Survey("needs a hand", reason))
    with _threads(wanted.hosts_at_once) as threads:
        working = {threads.submit(_survey_host, one, rows): rows for rows in allowed}
        for done in as_completed(working):
            rows, found = working[done], done.result()
            record, reason = "", ""
            if found.proposal and found.status in {"ready", "empty"}:
                record, reason = drawer.put(rows, found)
            foreign = foreign_hosts(found, wanted.manner)
            if foreign:
                more = f"reports on hosts that are not allowed: {', '.join(foreign)}"
                found = replace(found, reason="; ".join(filter(None, (found.reason, more))))
            yield _triage(rows, found, record, reason)


@contextmanager
def _threads(most: int) -> Iterator[ThreadPoolExecutor]:
    """Open a pool whose waiting work is dropped when we are interrupted."""
    pool = ThreadPoolExecutor(most)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _survey_host(one: Surveyor, rows: Sequence[RosterRow]) -> Survey:
    """Survey every address that the roster names on a host, one after the other."""
    agencies = [row.agency for row in rows]
    found: list[Survey] = []
    urls = list(dict.fromkeys(row.url for row in rows))
    for url in urls:
        if found and sum(survey.pages for survey in found) >= MOST_PAGES_OF_A_HOST:
            break
        found.append(one.survey(url, agencies))
    whole = _joined(found)
    if len(found) < len(urls):
        rest = f"{len(urls) - len(found)} of {len(urls)} addresses not asked: over the page budget"
        whole = replace(whole, reason="; ".join(filter(None, (whole.reason, rest))))
    return whole


def _joined(found: Sequence[Survey]) -> Survey:
    """Return one survey of several addresses: the best, with the list pages of those like it."""
    best = next((one for one in found if one.status == "ready"), found[0])
    pages = sum(one.pages for one in found)
    proposal = best.proposal
    if proposal is None:
        return replace(best, pages=pages)
    alike = [
        one
        for one in found
        if one.status == best.status
        and one.proposal
        and (one.proposal.family, one.proposal.params) == (proposal.family, proposal.params)
    ]
    urls = dict.fromkeys(u for one in alike if one.proposal for u in one.proposal.start_urls)
    others = [one.reason for one in found if one not in alike and one.reason]
    return replace(
        best,
        proposal=replace(proposal, start_urls=tuple(urls)),
        agencies=tuple({a["id"]: a for one in found for a in one.agencies}.values()),
        leads=tuple(dict.fromkeys(lead for one in alike for lead in one.leads)),
        reason="; ".join(filter(None, dict.fromkeys((best.reason, *others)))),
        pages=pages,
    )


def _triage(rows: Sequence[RosterRow], found: Survey, record: str = "", reason: str = "") -> Triage:
    doubts = [doubt for row in rows for doubt in row.doubts]
    proposal = found.proposal
    starts = proposal.start_urls if proposal else ()
    return Triage(
        host=rows[0].host,
        # What was found is no use as long as its record can't be loaded.
        status="needs a hand" if reason else found.status,
        family=proposal.family if proposal else "",
        confidence=proposal.confidence if proposal else "",
        agencies=len(rows),
        with_code=sum(row.credit_code is not None for row in rows),
        found=len(found.agencies),
        reports=len(found.leads),
        pages=found.pages,
        url=starts[0] if starts else rows[0].url,
        record=record,
        reason="; ".join(filter(None, (reason, found.reason, *doubts))),
    )


def _by_host(rows: Iterator[RosterRow]) -> dict[str, list[RosterRow]]:
    groups: dict[str, list[RosterRow]] = {}
    for row in rows:
        groups.setdefault(row.host, []).append(row)
    return groups


def _hosts_known(settings: Settings) -> dict[str, str]:
    """Return the portal of every host that a record names, by host."""
    if not settings.portals_dir.is_dir():
        return {}
    portals, _ = load_valid_portals(settings.portals_dir)
    return {host: portal.id for portal in reversed(portals) for host in portal.hosts}
