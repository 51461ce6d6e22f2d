"""Commands over the registry of portals: `nianbao portal …`."""

from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import PROBLEMS, print_lines
from nianbao.settings import Settings

commands = typer.Typer(help="Portals of the registry.", no_args_is_help=True)

Pace = Annotated[float, typer.Option("--pace", min=0, help="Seconds between requests to a host.")]
Networks = Annotated[
    list[str] | None,
    typer.Option(
        "--network",
        envvar="NIANBAO_NETWORKS",
        help="Private range (CIDR) that may be asked; may be repeated.",
    ),
]


@commands.command("list")
def list_all(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """List the portals, how far each is known, and what its last harvest brought."""
    from nianbao.pipeline.portals_list import list_portals, show_portals

    rows, problems = list_portals(Settings())
    if as_json:
        print_lines(rows)
    else:
        show_portals(rows)
    for problem in problems:
        typer.echo(problem, err=True)
    raise typer.Exit(PROBLEMS if problems else 0)


@commands.command("health")
def health(
    stale_days: Annotated[
        int | None, typer.Option(min=1, help="Days without a harvest that are too many.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per problem.")] = False,
) -> None:
    """Tell which portals need a hand, by the log: blocked, stale, empty, off their counts."""
    from dataclasses import asdict
    from datetime import UTC, datetime, timedelta

    from nianbao.pipeline.watching.health import STALE_DAYS, examine

    now = datetime.now(UTC)
    found = examine(Settings(), now, now - timedelta(days=stale_days or STALE_DAYS))
    if as_json:
        print_lines(asdict(problem) for problem in found.problems)
    else:
        for line in found.table():
            typer.echo(line)
    for problem in found.broken:
        typer.echo(problem, err=True)
    raise typer.Exit(PROBLEMS if found.worst == "error" else 0)


@commands.command("check")
def check(
    portal: Annotated[str, typer.Argument(help="Portal id, or a YAML file.")],
    year: Annotated[list[int] | None, typer.Option(help="Report year; may be repeated.")] = None,
) -> None:
    """List what a portal would yield, fetching list pages only."""
    from nianbao.pipeline.harvest import discover

    found = print_lines(discover(Settings(), portal, year))
    raise typer.Exit(0 if found else PROBLEMS)


@commands.command("sniff")
def sniff(
    url: Annotated[
        str, typer.Argument(help="The column of annual reports, or any page before it.")
    ],
    pace: Pace = 1.0,
    network: Networks = None,
) -> None:
    """Name the family of a site and print a portal record for it, ready to be saved."""
    from nianbao.pipeline.portals_survey import Manner, sniff_site

    found, text = sniff_site(Settings(), url, Manner(pace, networks=tuple(network or ())))
    typer.echo(text, nl=False)
    if found.status != "ready":
        typer.echo(f"{found.status}: {found.reason}", err=True)
        raise typer.Exit(PROBLEMS)


@commands.command("import")
def import_(
    roster: Annotated[Path, typer.Argument(help="CSV or workbook: agency, host or URL, …")],
    triage: Annotated[
        Path | None, typer.Option(help="Table of what became of each host (CSV).")
    ] = None,
    host_suffix: Annotated[
        list[str] | None, typer.Option(help="Only hosts below this are asked; default gov.cn.")
    ] = None,
    again: Annotated[
        list[str] | None, typer.Option(help="Ask the hosts of this status again.")
    ] = None,
    pace: Pace = 1.0,
    network: Networks = None,
) -> None:
    """Survey the hosts of a roster and write their records; goes on where it was stopped."""
    from nianbao.pipeline.portals_import import Import, import_roster
    from nianbao.pipeline.portals_survey import Manner
    from nianbao.pipeline.portals_triage import show_triage

    wanted = Import(
        triage=triage or roster.with_suffix(".triage.csv"),
        again=frozenset(again or ()),
        manner=Manner(pace, tuple(host_suffix or ("gov.cn",)), tuple(network or ())),
    )
    rows = []
    for row in import_roster(Settings(), roster, wanted):
        rows.append(row)
        typer.echo(f"{row.status}: {row.host} {row.reason}", err=True)
    show_triage(rows)
    raise typer.Exit(0 if all(row.status == "ready" for row in rows) else PROBLEMS)
