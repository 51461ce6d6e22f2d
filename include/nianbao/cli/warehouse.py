"""Commands over the warehouse: build, check and publish."""

from collections.abc import Iterator
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
    """Build, check, publish and export; `outcome` says why, where readers keep what they have.

    Prints two objects: the version that is published, then its exports. What goes wrong with the
    exports undoes nothing.
    """
    print_lines(_published())


def _published() -> Iterator[dict[str, Any]]:
    from nianbao.pipeline import warehouse
    from nianbao.pipeline.export import export_published

    published = warehouse.publish(Settings(), _built())
    yield published
    yield {"exports": export_published(Settings(), published)}


def _built() -> dict[str, Any]:
    from nianbao.pipeline import warehouse

    settings = Settings()
    return warehouse.gate(settings, warehouse.check(settings, warehouse.build(settings)))
