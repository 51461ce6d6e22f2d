"""The command that asks portals for their reports: `nianbao harvest`."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from nianbao.cli.output import PROBLEMS, print_lines
from nianbao.errors import ConfigurationError
from nianbao.settings import Settings

commands = typer.Typer()


@commands.command()
def harvest(
    portal: Annotated[
        list[str] | None,
        typer.Argument(help="Portal ids; all that are enabled where none is given."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Only portals that: failed, blocked, never_seen, late. May be repeated."),
    ] = None,
    year: Annotated[list[int] | None, typer.Option(help="Report year; may be repeated.")] = None,
    like: Annotated[
        list[str] | None, typer.Option(help="Pattern of portal ids, 'zhejiang/*'; may be repeated.")
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option(help="Division code, such as 330300; may be repeated.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option(help="Tell what would be asked for; asks list pages, writes nothing.")
    ] = False,
    run: Annotated[
        str | None, typer.Option(help="Name of an interrupted run, to go on with it.")
    ] = None,
) -> None:
    """Ask the portals for their reports, and print what each group of them came to."""
    from nianbao.pipeline import harvest as pipeline

    settings = Settings()
    run_id = run or f"manual__{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}"
    shards = pipeline.plan(settings, only or (), portals=like or (), places=place or ())
    _ensure_known(portal or [], [name for shard in pipeline.plan(settings) for name in shard])
    chosen = [[name for name in shard if not portal or name in portal] for shard in shards]
    if dry_run:
        from nianbao.pipeline.rehearsal import rehearse

        print_lines(rehearse(settings, shard, year) for shard in chosen if shard)
        return
    results = [pipeline.harvest(settings, shard, run_id, 1, year) for shard in chosen if shard]
    print_lines({"run": run_id, **result} for result in results)
    raise typer.Exit(PROBLEMS if any(result["trouble"] for result in results) else 0)


def _ensure_known(names: list[str], enabled: list[str]) -> None:
    unknown = sorted({*names} - {*enabled})
    if unknown:
        raise ConfigurationError(f"no enabled portal of this name: {', '.join(unknown)}")
