"""Commands that keep what cannot be made anew, put it back, and make the rest anew."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.carry import MaxSize, Parsed
from nianbao.cli.output import PROBLEMS, print_lines
from nianbao.settings import Settings

commands = typer.Typer()

METADATA = Path(".state/airflow/up/airflow.db")
Metadata = Annotated[Path, typer.Option(help="Airflow's SQLite file.")]


class Versions(StrEnum):
    """Which published files a backup holds."""

    none = "none"
    current = "current"
    kept = "kept"


@commands.command()
def backup(
    out: Annotated[
        Path, typer.Option(help="Folder of increments, or a file ….zip for all in one.")
    ],
    versions: Annotated[
        Versions, typer.Option(help="Published files; a rebuild makes them too.")
    ] = Versions.current,
    metadata: Metadata = METADATA,
    max_size: MaxSize = "",
    parsed: Parsed = False,
) -> None:
    """Keep the archive, check history, verdicts, ids, rosters, portals and Airflow's metadata."""
    from nianbao.carry.packing import bytes_of
    from nianbao.pipeline.backup import Order
    from nianbao.pipeline.backup import backup as write

    limit = bytes_of(max_size) if max_size else None
    made = write(Settings(), out, Order(versions.value, parsed, metadata, limit))
    print_lines([made])
    raise typer.Exit(PROBLEMS if made["left_out"] else 0)


@commands.command()
def restore(
    sources: Annotated[list[Path], typer.Argument(help="The folder, or all files of a backup.")],
    metadata: Metadata = METADATA,
) -> None:
    """Put a backup back into an empty place, and compare it with what was kept."""
    from nianbao.pipeline.restore import restore as put_back

    done = put_back(Settings(), sources, metadata)
    print_lines([done])
    raise typer.Exit(PROBLEMS if done["left"] else 0)


@commands.command()
def rebuild(
    read_again: Annotated[
        bool, typer.Option("--read-again", help="Forget what was read; read all documents.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, help="Processes that read.")] = 1,
) -> None:
    """Read, build, check and publish what the archive holds: nothing else is needed."""
    from nianbao.pipeline.rebuild import rebuild as make

    print_lines([make(Settings(), read_again=read_again, processes=processes)])
