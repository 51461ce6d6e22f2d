"""Commands that carry the archive from one zone into another: `nianbao archive …`."""

from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import PROBLEMS, print_lines
from nianbao.settings import Settings

commands = typer.Typer(
    help="The archive: packed, carried, taken in, verified.", no_args_is_help=True
)

MaxSize = Annotated[
    str, typer.Option("--max-size", help="Of each file, as 700MB or 4G: several are written.")
]
Parsed = Annotated[bool, typer.Option("--parsed", help="Parsed data too, which can be made anew.")]


@commands.command()
def pack(
    out: Annotated[Path, typer.Option(help="File to write, a zip.")],
    since: Annotated[
        Path | None,
        typer.Option(help="File that remembers what was packed; made where there is none."),
    ] = None,
    max_size: MaxSize = "",
    parsed: Parsed = False,
) -> None:
    """Write what is new in the archive into a pack; without --since, all that it holds."""
    from nianbao.carry.packing import bytes_of
    from nianbao.pipeline import carry

    limit = bytes_of(max_size) if max_size else None
    made = carry.pack(Settings(), out, since, max_size=limit, parsed=parsed)
    print_lines([made])
    raise typer.Exit(PROBLEMS if made["left_out"] else 0)


@commands.command()
def unpack(
    files: Annotated[list[Path], typer.Argument(help="Packs, in any order.")],
    sha256: Annotated[
        str, typer.Option(help="Of the one file, as the sender told it by another way.")
    ] = "",
) -> None:
    """Take packs in; what is there already stays, so a pack may come twice."""
    from nianbao.errors import CarryError
    from nianbao.pipeline import carry

    if sha256 and len(files) > 1:
        raise CarryError("--sha256 is of one file: unpack the packs one by one")
    came = list(carry.unpack(Settings(), files, sha256))
    print_lines(came)
    raise typer.Exit(PROBLEMS if came[-1]["still_waiting"] else 0)


@commands.command()
def state(
    out: Annotated[Path, typer.Option(help="File to write.")],
    parsed: Parsed = False,
) -> None:
    """Write what this archive holds, for --since where the packs are made."""
    from nianbao.pipeline import carry

    print_lines([carry.keep_state(Settings(), out, parsed=parsed)])


@commands.command()
def verify() -> None:
    """Hash all that was ever fetched, and read the whole log."""
    from nianbao.pipeline import carry

    counts = carry.verify(Settings(), lambda line: typer.echo(line, err=True))
    print_lines([counts])
    raise typer.Exit(PROBLEMS if counts["damaged"] or counts["missing"] else 0)


@commands.command()
def copy(
    to: Annotated[str, typer.Option(help="Folder or URL that becomes NIANBAO_ARCHIVE_URL.")],
    parsed_to: Annotated[
        str, typer.Option(help="Folder or URL that becomes NIANBAO_PARSED_URL.")
    ] = "",
) -> None:
    """Copy the archive to another root, such as s3://…; what is there already is not copied again."""
    from nianbao.pipeline import carry

    print_lines([carry.copy(Settings(), to, parsed_to)])
