"""The command that makes a static site of a published version: the public one, or that of the checks."""

from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import print_lines
from nianbao.errors import ConfigurationError
from nianbao.settings import Settings

commands = typer.Typer()


@commands.command()
def report(
    out: Annotated[Path, typer.Option(help="Folder of the site; an older site there is replaced.")],
    place: Annotated[
        str, typer.Option(help="Six-digit code of a division: only it and what lies in it.")
    ] = "",
    as_zip: Annotated[
        bool, typer.Option("--zip", help="Write the site into a zip as well.")
    ] = False,
    version: Annotated[str, typer.Option(help="Id of a published version; else the current.")] = "",
    archive: Annotated[
        str, typer.Option(help="Address below which the archive's bytes are served, for links.")
    ] = "",
    checks: Annotated[
        bool, typer.Option("--checks", help="The expectation reports for reviewers instead.")
    ] = False,
    copies: Annotated[
        bool | None,
        typer.Option(
            "--copies/--no-copies",
            help="With --checks: put copies of failing documents in; else where they are few.",
        ),
    ] = None,
) -> None:
    """Make a static site of a published version, in Chinese and English, that works offline."""
    from nianbao.pipeline import expectation_reports, site

    if checks and archive:
        raise ConfigurationError("--archive is for the public site; --checks puts copies in")
    if checks:
        made = expectation_reports.check_report(
            Settings(), out, place=place, version=version, copies=copies, as_zip=as_zip
        )
    else:
        made = site.report(
            Settings(), out, place=place, version=version, archive=archive, as_zip=as_zip
        )
    print_lines([made])
