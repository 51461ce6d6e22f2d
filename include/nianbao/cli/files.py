"""Commands over report files, without an archive or a warehouse."""

from pathlib import Path
from typing import Annotated, Any

import typer

from nianbao.cli.output import PROBLEMS, print_lines

commands = typer.Typer()

Files = Annotated[list[Path], typer.Argument(help="Report files.")]


@commands.command()
def parse(files: Files) -> None:
    """Print one JSON object per report found in the files."""
    from nianbao.pipeline.files import parse_files

    failed = print_lines(parse_files(files), is_problem=lambda item: "error" in item)
    raise typer.Exit(PROBLEMS if failed else 0)


@commands.command()
def check(
    files: Files,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Read the files and print the checks of each report, failing ones first."""
    from nianbao.pipeline.files import check_files
    from nianbao.pipeline.show import show_checks

    checks = list(check_files(files))
    if as_json:
        print_lines(checks)
    else:
        show_checks(checks)
    raise typer.Exit(PROBLEMS if any(_is_problem(item) for item in checks) else 0)


@commands.command()
def formats() -> None:
    """List the formats that need more than Python, and what is missing for them here."""
    from nianbao.pipeline.files import missing_by_format

    missing = missing_by_format()
    for names, reason in missing.items():
        typer.echo(f"{names:18} {reason or 'ready'}")
    raise typer.Exit(PROBLEMS if any(missing.values()) else 0)


def _is_problem(item: dict[str, Any]) -> bool:
    return "error" in item or (item["status"] == "fail" and item["severity"] != "info")
