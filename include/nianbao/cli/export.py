"""The command that hands a published version on in other formats."""

from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import print_lines
from nianbao.settings import Settings

commands = typer.Typer()


@commands.command()
def export(
    formats: Annotated[
        str, typer.Option("--format", help="parquet, csv, panel, xlsx; several with commas.")
    ] = "",
    years: Annotated[str, typer.Option(help="Report years: 2021, 2019,2021 or 2019-2021.")] = "",
    place: Annotated[
        str, typer.Option(help="Code or name of a division, with all below it: 370983.")
    ] = "",
    agency: Annotated[str, typer.Option(help="Name or org_id of one organisation.")] = "",
    out: Annotated[Path | None, typer.Option(help="Folder to write, which must not exist.")] = None,
    version: Annotated[str, typer.Option(help="Id of a published version; else the current.")] = "",
) -> None:
    """Export a published version: Parquet, CSV, a wide panel, or a workbook for a place or agency."""
    from nianbao.pipeline.export import Order, export_version, parse_years

    asked = tuple(filter(None, (name.strip() for name in formats.split(","))))
    order = Order.of(asked, years=parse_years(years), place=place, agency=agency)
    print_lines([export_version(Settings(), order, version, out)])
