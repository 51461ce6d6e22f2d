"""The list of findings as scripts: a page on a disk may load scripts and may fetch nothing.

`data/findings.js` is the index; `data/f/00001.js` and so on hold the rows, a thousand or so each, in
the order of places. The index says which places, rules and years each of them holds, so that the page
loads only those that a filter can find something in.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nianbao.privacy import web_address
from nianbao.site.addresses import slug
from nianbao.site.checks.agency import AgencyRows
from nianbao.site.checks.findings import message_of, state_of
from nianbao.site.folder import SiteFolder
from nianbao.site.warehouse import Row
from nianbao.site.words import Words

ROWS = 1000
"""Rows after which a file ends."""


@dataclass
class Chunks:
    """Gathers the findings of agencies and writes them file by file."""

    folder: SiteFolder
    words: Sequence[Words]
    """Chinese and English."""
    rules: Mapping[str, int]
    """Number of each rule in the index."""
    served: bool = False
    _index: list[dict[str, Any]] = field(default_factory=list)
    _agencies: list[list[Any]] = field(default_factory=list)
    _reports: list[list[Any]] = field(default_factory=list)
    _rows: list[list[Any]] = field(default_factory=list)

    def add(self, rows: AgencyRows) -> None:
        """Take in the findings of one agency; agencies come in the order of their places."""
        if not rows.findings:
            return
        self._agencies.append(self._agency(rows.head))
        numbers: dict[str, int] = {}
        reports = {row["report_id"]: row for row in rows.reports}
        for row, anchor in zip(rows.findings, rows.names, strict=True):
            report_id = row["report_id"]
            if report_id not in numbers:
                numbers[report_id] = len(self._reports)
                self._reports.append(self._report(reports[report_id], rows))
            self._rows.append(self._row(numbers[report_id], row, anchor))
            if len(self._rows) >= ROWS and len(rows.findings) > ROWS:
                self._end()  # even the findings of one agency never make a file without end
                self._agencies.append(self._agency(rows.head))
                numbers.clear()
        if len(self._rows) >= ROWS:
            self._end()

    def finish(self, places: Mapping[str, str], rules: Sequence[Row]) -> None:
        """Write the last rows and the index."""
        if self._rows:
            self._end()
        described = [
            [rule["rule_id"], rule["severity"], rule["title_zh"], rule["title_en"]]
            for rule in rules
        ]
        index = {"places": dict(sorted(places.items())), "rules": described, "files": self._index}
        self.folder.write("data/findings.js", f"window.NIANBAO_FINDINGS={script_json(index)};\n")

    def _end(self) -> None:
        number = len(self._index) + 1
        reports = self._reports
        years = sorted({reports[row[0]][1] for row in self._rows})
        counted = Counter(row[1] for row in self._rows)
        self._index.append(
            {
                "n": len(self._rows),
                "places": sorted({agency[2] for agency in self._agencies}),
                "rules": dict(sorted(counted.items())),
                "years": [years[0], years[-1]],
            }
        )
        data = {"agencies": self._agencies, "reports": reports, "rows": self._rows}
        text = f"window.NIANBAO_FILE({number},{script_json(data)});\n"
        self.folder.write(f"data/f/{number:05}.js", text)
        self._agencies, self._reports, self._rows = [], [], []

    def _agency(self, head: Row) -> list[Any]:
        return [head["name"], slug(head["org_id"]), head["division"] or ""]

    def _report(self, row: Row, rows: AgencyRows) -> list[Any]:
        """Agency, year, scope, source address and address of the archived copy."""
        sha256 = row["sha256"] or ""
        copy = rows.copies.get(sha256, "")
        if self.served and not copy and sha256:
            copy = f"archive/{sha256[:2]}/{sha256}"
        agency = len(self._agencies) - 1
        return [agency, row["report_year"], row["scope"], web_address(row["source_url"]), copy]

    def _row(self, report: int, row: Row, anchor: str) -> list[Any]:
        rule = self.rules.get(row["rule_id"], -1)
        messages = [message_of(row, words) for words in self.words]
        return [report, rule, *messages, row["blame"] or "", state_of(row), anchor]


def script_json(data: object) -> str:
    """Return data as the text of a script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # What ends a line in a script and not in JSON.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
