"""The triage table of an import: one line per host as soon as it is done, so that it can go on later."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from rich.console import Console
from rich.table import Table

from nianbao.errors import ConfigurationError
from nianbao.portals.roster import table_text

_SHOWN = ("host", "status", "family", "agencies", "found", "reports", "record", "reason")


@dataclass(frozen=True, slots=True)
class Triage:
    """What became of one host of a roster."""

    host: str
    status: str
    """`ready`, `empty`, `blocked`, `unreachable` or `needs a hand`."""
    family: str = ""
    confidence: str = ""
    agencies: int = 0
    """Of the roster."""
    with_code: int = 0
    """Of those, the ones with a credit code."""
    found: int = 0
    """Agencies that the site's own pages name with their codes."""
    reports: int = 0
    """Seen on the first list pages."""
    pages: int = 0
    """Asked of the host."""
    url: str = ""
    """The list page, or where the way ended."""
    record: str = ""
    """File that was written, below the registry."""
    reason: str = ""


_COLUMNS = tuple(field.name for field in fields(Triage))
_NUMBERS = frozenset({"agencies", "with_code", "found", "reports", "pages"})


class TriageFile:
    """A CSV file with a byte order mark, which is how spreadsheets know UTF-8."""

    def __init__(self, path: Path) -> None:
        """Keep the path; nothing is read or written yet."""
        self.path = path

    def resume(self, again: Collection[str] = ()) -> list[Triage]:
        """Return the lines that stand, without those whose status is to be tried again.

        A line that a kill cut short has no line end; it goes too, and its host is asked again.
        Raises `ConfigurationError` where the file is another kind of table.
        """
        stands = [row for row in self._read() if row.status not in again]
        beside = self.path.with_name(f"{self.path.name}.part")
        beside.write_text(_csv(stands, head=True), "utf-8-sig", newline="")
        beside.replace(self.path)
        return stands

    def add(self, row: Triage) -> None:
        """Write one more line."""
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write(_csv([row]))

    def _read(self) -> list[Triage]:
        if not self.path.exists():
            return []
        text = table_text(self.path.read_bytes())
        whole = text[: text.rfind("\n") + 1]
        rows = csv.DictReader(io.StringIO(whole, newline=""))
        if whole and tuple(rows.fieldnames or ()) != _COLUMNS:
            raise ConfigurationError(f"{self.path} is no triage table of an import")
        try:
            return [_row(row) for row in rows]
        except (TypeError, ValueError) as error:
            raise ConfigurationError(f"{self.path}:{rows.line_num}: {error}") from error


def show_triage(rows: Sequence[Triage], console: Console | None = None) -> None:
    """Print the table, what needs a hand last, and the counts below."""
    console = console or Console()
    table = Table()
    for column in _SHOWN:
        table.add_column(column, overflow="fold")
    order = ("ready", "empty", "unreachable", "blocked", "needs a hand")
    for row in sorted(rows, key=lambda row: (order.index(row.status), row.host)):
        table.add_row(*(str(getattr(row, column)) for column in _SHOWN))
    console.print(table)
    counts = Counter(row.status for row in rows)
    line = ", ".join(f"{counts[status]} {status}" for status in order if counts[status])
    console.print(f"{len(rows)} hosts: {line}", markup=False)


def _row(values: dict[str, str]) -> Triage:
    facts = {name: int(text) if name in _NUMBERS else text for name, text in values.items()}
    return Triage(**facts)  # type: ignore[arg-type]


def _csv(rows: Sequence[Triage], *, head: bool = False) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS)
    if head:
        writer.writeheader()
    # A line stands for a host: a line break in a reason would make a cut line look whole.
    for row in rows:
        writer.writerow({n: " ".join(str(v).split()) for n, v in asdict(row).items()})
    return text.getvalue()
