"""Commands for what has to be looked at or tidied now and then: `deadlines`, `housekeeping`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import PROBLEMS, print_lines
from nianbao.settings import Settings

commands = typer.Typer()


@commands.command()
def deadlines(
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last deadline before this day; today."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the lists.")] = None,
) -> None:
    """List who is late and who is absent by the last deadline, as CSV and as a workbook."""
    from nianbao.pipeline.watching.deadlines import lists_folder, standing_at, write_lists

    settings = Settings()
    standing = standing_at(settings, day.date() if day else None)
    paths = write_lists(standing, out or lists_folder(settings))
    counts = {state: len(standing.of(state)) for state in ("absent", "late", "not_seen")}
    print_lines([{**standing.summary(), **counts, "files": [str(path) for path in paths]}])
    raise typer.Exit(PROBLEMS if counts["absent"] else 0)


@commands.command()
def housekeeping(
    versions: Annotated[
        int | None, typer.Option(min=2, help="Versions that stay; as in the settings.")
    ] = None,
    export_days: Annotated[int, typer.Option(min=0, help="Days that old exports stay.")] = 90,
    dry_run: Annotated[bool, typer.Option(help="Only tell what would go.")] = False,
) -> None:
    """Remove old versions, their exports and what kills left; never the archive."""
    from nianbao.pipeline.watching.housekeeping import Keep
    from nianbao.pipeline.watching.housekeeping import housekeeping as tidy

    settings = Settings()
    keep = Keep(versions or settings.versions_kept, export_days)
    result = tidy(settings, keep, dry_run=dry_run)
    print_lines([result])
    raise typer.Exit(PROBLEMS if result["problems"] or result["disk"] else 0)
