"""Commands of a disclosure office: `nianbao letter`, and `nianbao draft compare`."""

from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import PROBLEMS, print_lines
from nianbao.settings import Settings

commands = typer.Typer()
drafts = typer.Typer(
    help="Drafts handed in before publication, against what was published.", no_args_is_help=True
)

Agency = Annotated[str, typer.Option(help="Name or org_id of one organisation.")]
Year = Annotated[int | None, typer.Option(help="One report year; all of them by default.")]


@commands.command()
def letter(
    out: Annotated[Path, typer.Option(help="Folder for the letters.")],
    agency: Agency = "",
    place: Annotated[
        str, typer.Option(help="Code or name of a division, with all below it: 370983.")
    ] = "",
    year: Annotated[
        int | None,
        typer.Option(help="One report year; else all for 整改通知单, and the newest due for 通报."),
    ] = None,
    state: Annotated[
        str, typer.Option(help="States of the findings: returned, or open,returned.")
    ] = "returned",
    issuer: Annotated[str, typer.Option("--from", help="发文机关; else a gap to fill.")] = "",
    date: Annotated[str, typer.Option(help="成文日期: 2026-03-05; else a gap to fill.")] = "",
) -> None:
    """Write the 整改通知单 of an agency (Word), or of all in a place with its 通报 (Word, Excel)."""
    from nianbao.pipeline.letters import Wanted, parse_day, write_letters
    from nianbao.pipeline.verdicts_lists import parse_states

    wanted = Wanted(place, agency, year, parse_states(state), issuer, parse_day(date))
    print_lines(write_letters(Settings(), wanted, out))


@drafts.command("compare")
def compare(
    agency: Agency = "",
    year: Year = None,
    out: Annotated[
        Path | None, typer.Option(help="Workbook of the differences to write (.xlsx).")
    ] = None,
) -> None:
    """Compare each report's last draft with what was published, cell by cell; exit 1 where they differ.

    Nothing of a draft is written but to the output and the workbook.
    """
    from nianbao.pipeline.drafts import compare_drafts

    found = compare_drafts(Settings(), agency, year, out)
    raise typer.Exit(PROBLEMS if print_lines(found, lambda row: row["differs"]) else 0)
