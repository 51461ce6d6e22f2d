"""Commands over the published versions: what each holds, what it changed, and the way back."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from nianbao.cli.output import print_lines
from nianbao.settings import Settings

commands = typer.Typer()
versions = typer.Typer()
commands.add_typer(versions, name="versions")

AsJson = Annotated[bool, typer.Option("--json", help="Print objects, one per line.")]
_SHOWN = 40
"""Reports in the table of one version; `--json` prints all."""
_HEADS = ("version", "reports", "cells", "state", "reports + ~ −", "cells + ~ −")


@versions.callback(invoke_without_command=True)
def list_versions(context: typer.Context, as_json: AsJson = False) -> None:
    """List the published versions, oldest first, with what each changed (added, changed, removed)."""
    if context.invoked_subcommand is not None:
        return
    from nianbao.pipeline.versions import described_versions

    found = described_versions(Settings())
    if as_json:
        print_lines(found)
    elif found:
        table = Table(*_HEADS)
        for column in table.columns:
            column.no_wrap = True
        for entry in found:
            table.add_row(*_row(entry))
        Console().print(table)


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    delta = entry["delta"]
    changed = [_changes(delta.get(name)) for name in ("reports", "cells")]
    counts = [f"{entry['counts'].get(name, 0):,}" for name in ("reports", "cells")]
    return (entry["id"], *counts, entry["state"], *changed)


def _changes(found: dict[str, int] | None) -> str:
    return " ".join(f"{found[name]:,}" for name in ("added", "changed", "removed")) if found else ""


@versions.command()
def show(
    version: Annotated[str, typer.Argument(help="Id of a published version.")],
    as_json: AsJson = False,
) -> None:
    """List the reports that a version added, changed or removed against the one before it."""
    from nianbao.pipeline.versions import changed_reports

    entry, reports = changed_reports(Settings(), version)
    if as_json:
        print_lines(reports)
        return
    console = Console()
    delta = entry["delta"]
    console.print(f"{entry['id']} against {delta.get('against') or 'nothing before it'}")
    for name in ("reports", "cells"):
        console.print(f"{name} added, changed, removed: {_changes(delta.get(name)) or 'unknown'}")
    console.print(f"tables that differ: {', '.join(delta.get('tables', ())) or 'none'}")
    if delta.get("not_compared"):
        console.print(delta["not_compared"])
    _print_reports(console, reports)


def _print_reports(console: Console, reports: list[dict[str, Any]]) -> None:
    if not reports:
        return
    table = Table("", "organisation", "year", "scope", "report", "document", "cells + ~ −")
    for row in reports[:_SHOWN]:
        cells = " ".join(str(row[f"cells_{name}"]) for name in ("added", "changed", "removed"))
        document = "revised" if row["revised"] else ""
        texts = (row["change"], row["organisation"], str(row["report_year"]), row["scope"])
        table.add_row(*texts, row["report_id"], document, cells)
    console.print(table)
    if len(reports) > _SHOWN:
        console.print(f"and {len(reports) - _SHOWN:,} more: --json lists them all")


@commands.command()
def rollback(version: Annotated[str, typer.Argument(help="Id of a published version.")]) -> None:
    """Point readers at an earlier version, until other content than was rolled back from is there."""
    from nianbao.pipeline.versions import roll_back

    held = roll_back(Settings(), version)
    typer.echo(_told(version, [entry.id for entry in held]))


def _told(version: str, held: Iterable[str]) -> str:
    names = ", ".join(held)
    if not names:
        return f"Readers see {version}, the newest: no rollback is in force."
    return (
        f"Readers see {version}. Held back: {names}. Their content is not published again; other "
        "content is, as soon as it is there. To stop that too, pause the DAG nianbao_warehouse."
    )
