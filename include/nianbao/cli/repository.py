"""Commands for those who work on the repository itself."""

from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import PROBLEMS, print_lines

commands = typer.Typer()


@commands.command()
def generate(
    check_only: Annotated[
        bool, typer.Option("--check", help="Write nothing, only compare.")
    ] = False,
) -> None:
    """Write everything that derives from the form and rule files: suites, docs, schemas."""
    from nianbao.pipeline.generate import generate as write_all

    changed = write_all(Path.cwd(), write=not check_only)
    print_lines({"changed": str(path)} for path in changed)
    raise typer.Exit(PROBLEMS if changed and check_only else 0)
