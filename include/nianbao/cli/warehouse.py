"""Commands over the warehouse: build, check and publish."""

from typing import Any

import typer

from nianbao.cli.output import print_lines
from nianbao.settings import Settings

commands = typer.Typer()


@commands.command()
def build() -> None:
    """Build and check a staging warehouse, and let Great Expectations judge it."""
    print_lines([_built()])


@commands.command()
def publish() -> None:
    """Build, check and publish; `outcome` says why, where readers keep the version they have."""
    from nianbao.pipeline import warehouse

    print_lines([warehouse.publish(Settings(), _built())])


def _built() -> dict[str, Any]:
    from nianbao.pipeline import warehouse

    settings = Settings()
    return warehouse.gate(settings, warehouse.check(settings, warehouse.build(settings)))
