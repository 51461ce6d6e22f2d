"""Records of an import put into the registry, never over one that is there."""

import csv
import io
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from nianbao.errors import ConfigurationError
from nianbao.pipeline.portals_survey import Manner, proposal_notes, proposed_record
from nianbao.portals.agencies_file import COLUMNS
from nianbao.portals.provinces import province_of
from nianbao.portals.registry import load_portal
from nianbao.portals.roster import RosterRow
from nianbao.portals.survey import Survey
from nianbao.portals.writing import record_yaml

UNSORTED = "unsorted"
"""Folder of the hosts whose province the roster doesn't tell."""
_MOST_INLINE = 10
"""Agencies in the record itself; more go to a file beside it."""
_PROPOSED = ".proposed"
"""Ending that the registry doesn't load."""


@dataclass(frozen=True)
class Drawer:
    """The registry as an import writes to it."""

    folder: Path
    hosts: Mapping[str, str]
    """Portal ids of the records that were there before, by host."""
    manner: Manner
    today: date

    def put(self, rows: Sequence[RosterRow], found: Survey) -> tuple[str, str]:
        """Write the record of a host; return its place below the registry and what is wrong with it.

        Where somebody has a record for the host, or ours can't be loaded, it gets an ending that
        keeps it out of the registry.
        """
        known = self.hosts.get(rows[0].host)
        place = known or f"{_province(rows)}/{_slug(rows[0].host)}"
        files = self._files(place, rows, found)
        fault = _fault_in(files, place)
        target = self.folder / f"{place}.yaml"
        if _same(self.folder, files):
            return f"{place}.yaml", ""
        if known or fault or target.exists():
            return self._beside(target, files), fault
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")
        return f"{place}.yaml", ""

    def _files(self, place: str, rows: Sequence[RosterRow], found: Survey) -> dict[str, str]:
        own = _each_once(rows)
        name = rows[0].name if len(own) == 1 else found.site_name or rows[0].host
        record = proposed_record(found, name, self.manner, own)
        files = {}
        if len(record["agencies"]) > _MOST_INLINE:
            record["agencies_file"] = f"{Path(place).name}.csv"
            files[f"{place}.csv"] = _agencies_csv(record.pop("agencies"))
        notes = proposal_notes(found, self.today, "import", self.manner)
        files[f"{place}.yaml"] = record_yaml(record, notes, depth=place.count("/"))
        return files

    def _beside(self, target: Path, files: Mapping[str, str]) -> str:
        for name, text in files.items():
            path = _free(self.folder / f"{name}{_PROPOSED}", text)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")
            if name.endswith(".yaml"):
                target = path
        return target.relative_to(self.folder).as_posix()


def _fault_in(files: Mapping[str, str], place: str) -> str:
    """Return why a record could not be loaded, or nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")
        try:
            load_portal(folder / f"{place}.yaml", folder)
        except ConfigurationError as error:
            return str(error).replace(f"{folder}/", "")
    return ""


def _same(folder: Path, files: Mapping[str, str]) -> bool:
    """Tell whether the files are there already, as a run left them that was killed after writing."""
    return all(
        (folder / name).exists()
        and _settings((folder / name).read_text("utf-8")) == _settings(text)
        for name, text in files.items()
    )


def _settings(text: str) -> list[str]:
    """Return the lines without the comments, which tell the day."""
    return [line for line in text.splitlines() if not line.startswith("#")]


def _free(path: Path, text: str) -> Path:
    """Return the path, or a numbered one where another proposal has it."""
    number, candidate = 1, path
    while candidate.exists() and candidate.read_text("utf-8") != text:
        number += 1
        candidate = path.with_name(f"{path.name}.{number}")
    return candidate


def _province(rows: Sequence[RosterRow]) -> str:
    found = [province_of(row.province, row.division or "") for row in rows]
    named = Counter(province.folder for province in found if province)
    return named.most_common(1)[0][0] if named else UNSORTED


def _slug(host: str) -> str:
    """Return a file name for a host: xxgk.example.gov.cn:81 is xxgk_example_81."""
    name = host.removeprefix("www.").replace(".gov.cn", "")
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or urlsplit(f"//{host}").netloc


def _each_once(rows: Sequence[RosterRow]) -> list[dict[str, str]]:
    return list({row.agency["id"]: row.agency for row in rows}.values())


def _agencies_csv(agencies: Sequence[dict[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(agencies)
    return text.getvalue()
