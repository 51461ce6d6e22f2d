"""The command itself: the commands joined, and errors turned into one line and an exit code."""

import os
import sys
from typing import NoReturn

import typer

from nianbao.cli import (
    accuracy,
    backup,
    carry,
    export,
    files,
    harvest,
    letter,
    portals,
    report,
    repository,
    roster,
    verdict,
    versions,
    warehouse,
    watching,
)
from nianbao.cli.output import COULD_NOT_RUN
from nianbao.errors import NianbaoError

app = typer.Typer(
    help="Read, check and publish annual disclosure reports (政府信息公开工作年度报告).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for part in (
    files,
    accuracy,
    harvest,
    warehouse,
    versions,
    export,
    report,
    repository,
    watching,
    backup,
):
    app.add_typer(part.commands)
app.add_typer(portals.commands, name="portal")
app.add_typer(carry.commands, name="archive")
app.add_typer(roster.commands, name="roster")
app.add_typer(verdict.lists)
app.add_typer(verdict.commands, name="verdict")
app.add_typer(letter.commands)
app.add_typer(letter.drafts, name="draft")


def main() -> None:
    """Run the command; an expected error is one line on stderr and exit code 2."""
    try:
        app()
    except NianbaoError as error:
        _give_up(str(error))
    except Exception as error:
        # A full disk, a folder that may not be written, a fault of ours: still one clear line.
        if os.environ.get("NIANBAO_DEBUG"):
            raise
        reason = " ".join(str(error).split())[:300]
        _give_up(f"{type(error).__name__}: {reason} (NIANBAO_DEBUG=1 shows where)")


def _give_up(reason: str) -> NoReturn:
    typer.echo(f"nianbao: {reason}", err=True)
    sys.exit(COULD_NOT_RUN)
