"""Commands of the loop: the work-list, and what reviewers decide: `nianbao verdict …`."""

from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import PROBLEMS, print_lines
from nianbao.settings import Settings

commands = typer.Typer(
    help="What reviewers decide on findings: import, list, set, export.", no_args_is_help=True
)
lists = typer.Typer()

Place = Annotated[str, typer.Option(help="Code or name of a division, with all below it: 370983.")]
Portal = Annotated[str, typer.Option(help="Id of a portal.")]
Agency = Annotated[str, typer.Option(help="Name or org_id of one organisation.")]
Years = Annotated[str, typer.Option(help="Report years: 2021, 2019,2021 or 2019-2021.")]
States = Annotated[
    str, typer.Option("--state", help="open, returned, corrected, confirmed, false_alarm.")
]
Infos = Annotated[bool, typer.Option("--infos", help="Findings of severity info too.")]
By = Annotated[
    str,
    typer.Option(
        "--by", help="Who decides; else 填表人 of the list, or the user of this machine for set."
    ),
]


@lists.command()
def worklist(
    out: Annotated[Path, typer.Option(help="Workbook to write (.xlsx).")],
    place: Place = "",
    portal: Portal = "",
    agency: Agency = "",
    years: Years = "",
    state: States = "",
    infos: Infos = False,
) -> None:
    """Write the Excel work-list of a place, portal or agency: what is open or returned."""
    from nianbao.pipeline.export import parse_years
    from nianbao.pipeline.verdicts_lists import Chosen, parse_states, write_list

    chosen = Chosen(place, portal, agency, parse_years(years), parse_states(state), infos)
    print_lines([write_list(Settings(), chosen, out)])


@commands.command("import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(help="Filled-in work-lists (.xlsx), or a saved store (.jsonl).")
    ],
    by: By = "",
) -> None:
    """Take in filled-in work-lists: one line per row that was recorded or refused."""
    from nianbao.pipeline.verdicts import import_list, import_saved

    settings, problems = Settings(), False
    for path in files:
        if path.suffix.lower() == ".jsonl":
            saved = import_saved(settings, path)
            typer.echo(f"{path}: {len(saved.events)} new verdicts")
            for key in saved.conflicts:
                typer.echo(
                    f"{path}: {key}: refused, the store has another decision of the same step"
                )
            problems = problems or bool(saved.conflicts)
            continue
        result = import_list(settings, path, by)
        problems = problems or result.is_problem
        for line in result.lines():
            typer.echo(line)
    raise typer.Exit(PROBLEMS if problems else 0)


@commands.command("list")
def list_items(
    place: Place = "",
    portal: Portal = "",
    agency: Agency = "",
    years: Years = "",
    state: States = "",
    infos: Infos = False,
) -> None:
    """List findings with their states as they are now, one JSON object per line."""
    from nianbao.pipeline.export import parse_years
    from nianbao.pipeline.verdicts_lists import Chosen, listed_items, parse_states

    chosen = Chosen(place, portal, agency, parse_years(years), parse_states(state), infos)
    print_lines(listed_items(Settings(), chosen))


@commands.command("set")
def set_one(
    item: Annotated[str, typer.Argument(help="Key of the item, or the beginning of it.")],
    state: Annotated[str, typer.Argument(help="State, by its name or its Chinese word.")],
    reason: Annotated[str, typer.Option(help="Why; required for confirmed and false_alarm.")] = "",
    responsible: Annotated[str, typer.Option(help="责任单位.")] = "",
    due: Annotated[str, typer.Option(help="期限: 2026-03-05.")] = "",
    remark: Annotated[str, typer.Option(help="备注.")] = "",
    by: By = "",
) -> None:
    """Decide on one finding."""
    from nianbao.pipeline.verdicts import set_state, spoken

    verdict = spoken(state, by, due, reason=reason, responsible=responsible, remark=remark)
    event = set_state(Settings(), item, verdict)
    if event is None:
        typer.echo("nothing new: it is decided so already", err=True)
        return
    print_lines([event.row()])


@commands.command("export")
def export_all(
    out: Annotated[Path | None, typer.Option(help="File to write; else the output.")] = None,
) -> None:
    """Write every decision as JSON lines: a copy of the store, which import takes back."""
    import json

    from nianbao.pipeline.verdicts import export_events

    rows = export_events(Settings())
    if out is None:
        print_lines(rows)
        return
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    beside = out.with_name(f".{out.name}.new")
    beside.write_text("".join(lines), "utf-8")
    beside.replace(out)
    typer.echo(f"{len(lines)} verdicts in {out}")
