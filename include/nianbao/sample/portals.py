"""The records of the sample portals and the files of the sample inbox, written where wanted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from nianbao.sample.content import title_of
from nianbao.sample.errors import printed_reports
from nianbao.sample.lists import AGENCY_PAGE, column_path
from nianbao.sample.roster import INBOX_ID, LAST_YEAR, SamplePortal, load_roster
from nianbao.sample.site import HOSTS
from nianbao.sample.word_text import word_text
from nianbao.sample.wording import load_wording

FIRST_YEAR_ASKED = 2018
"""A year before the first report, so that the page of a year without a report is seen too."""

_BROKEN_DOCX = b"PK\x03\x04\x14\x00\x06\x00\x08\x00"
_POLITENESS = {"seconds_between_requests": 0.02, "timeout_seconds": 1.0, "retries": 1}


def write_portal_records(
    folder: Path, ports: Sequence[int], *, inbox: Path, hosts: Sequence[str] = HOSTS
) -> list[Path]:
    """Write one YAML record per sample portal and one for the inbox; return their paths.

    `ports` and `hosts` are those of the running sites; `inbox` is the folder of `write_inbox`.
    """
    records = {portal.id: _record(portal, ports, hosts) for portal in load_roster().portals}
    records[INBOX_ID] = _inbox_record(inbox)
    return [_write(folder / f"{portal_id}.yaml", record) for portal_id, record in records.items()]


def write_inbox(folder: Path) -> list[Path]:
    """Write the inbox's files: reports as Word text, one that is none, one damaged."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = [r for r in printed_reports() if load_roster().portal_of(r.organisation) == INBOX_ID]
    files = {f"{title_of(report)}.txt": word_text(report).encode() for report in reports}
    words = load_wording()
    files[words.inbox_not_a_report] = "\n".join(words.site.notice).encode()
    # An upload that broke off: the head of a .docx and nothing more.
    files[words.inbox_damaged] = _BROKEN_DOCX
    return [_put(folder / name, data) for name, data in files.items()]


def _record(portal: SamplePortal, ports: Sequence[int], hosts: Sequence[str]) -> dict[str, Any]:
    place = portal.host % len(hosts)
    netloc = f"{hosts[place]}:{ports[place]}"
    agencies = load_roster().agencies_of(portal.id)
    record: dict[str, Any] = {
        "name": portal.name,
        "family": "hanweb",
        "hosts": [netloc],
        # The sites are on this machine, where no portal may be but one that says so.
        "networks": ["127.0.0.0/8"],
        "agencies": [agency.model_dump(exclude_defaults=True) for agency in agencies],
        "years": {"first": FIRST_YEAR_ASKED, "last": LAST_YEAR},
        "politeness": _POLITENESS,
        "verified": "sample",
    }
    if portal.build == "agency_pages":
        return record | {"params": {"annual_report_url": f"http://{netloc}{AGENCY_PAGE}"}}
    return record | {"start_urls": [f"http://{netloc}{column_path(portal)}"]}


def _inbox_record(inbox: Path) -> dict[str, Any]:
    return {
        "name": load_wording().inbox_name,
        "family": "inbox",
        "start_urls": [str(inbox.resolve())],
        "agencies": [
            a.model_dump(exclude_defaults=True) for a in load_roster().agencies_of(INBOX_ID)
        ],
        "verified": "sample",
    }


def _write(path: Path, record: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return _put(path, yaml.safe_dump(record, allow_unicode=True, sort_keys=False).encode())


def _put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
