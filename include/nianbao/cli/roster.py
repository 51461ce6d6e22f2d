"""Commands over the rosters of who must report: `nianbao roster …`."""

from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import PROBLEMS, print_lines
from nianbao.settings import Settings

commands = typer.Typer(
    help="Who must report: rosters (CSV or Excel) and local deadlines.", no_args_is_help=True
)

File = Annotated[Path, typer.Argument(help="CSV (UTF-8 or GBK) or Excel workbook.")]


@commands.command()
def check(
    file: File,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per problem.")] = False,
) -> None:
    """Say what is wrong with a roster, line by line: codes, divisions, years, duplicates."""
    from dataclasses import asdict

    from nianbao.pipeline.roster import check_roster

    roster = check_roster(Settings(), file)
    if as_json:
        print_lines(asdict(problem) for problem in roster.problems)
    else:
        for problem in roster.problems:
            typer.echo(f"{file}:{problem.line}: {problem.severity}: {problem.message}")
    typer.echo(f"{len(roster.entries)} bodies, {len(roster.errors)} errors", err=True)
    raise typer.Exit(PROBLEMS if roster.errors else 0)


@commands.command()
def add(
    file: File,
    replace: Annotated[bool, typer.Option(help="Put it in the place of one of its name.")] = False,
) -> None:
    """Store a roster without errors; every build reads it from then on."""
    from nianbao.pipeline.roster import add_roster

    typer.echo(add_roster(Settings(), file, replace=replace))


@commands.command("list")
def list_all() -> None:
    """List the stored rosters with the number of their bodies."""
    from collections import Counter

    from nianbao.pipeline.roster import stored_entries, stored_rosters

    settings = Settings()
    counts = Counter(entry.source.rpartition(":")[0] for entry in stored_entries(settings))
    files = [str(path) for path in stored_rosters(settings)]
    print_lines([{"files": files, "bodies": counts.total(), "by_source": dict(counts)}])


@commands.command()
def deadlines(
    file: Annotated[Path | None, typer.Argument(help="CSV of local rules to store.")] = None,
) -> None:
    """Store local deadlines, or without a file print the rules that are in force."""
    from nianbao.pipeline.roster import add_deadlines, local_deadlines
    from nianbao.warehouse.organisations.known import national_deadlines

    settings = Settings()
    if file:
        typer.echo(f"{add_deadlines(settings, file)} local rules stored")
        return
    print_lines(dict(rule) for rule in (*national_deadlines(), *local_deadlines(settings)))
