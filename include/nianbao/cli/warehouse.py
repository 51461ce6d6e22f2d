"""Commands over the warehouse: build, publish, and the versions that were published."""

from typing import Annotated, Any

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
    """Build, check and publish; does nothing where the sources have not changed."""
    from nianbao.pipeline import warehouse

    print_lines([warehouse.publish(Settings(), _built())])


@commands.command()
def versions() -> None:
    """List the published versions, oldest first."""
    from dataclasses import asdict

    from nianbao.warehouse.versions import current_version, load_versions

    root = Settings().warehouse_root
    current = current_version(root)
    print_lines({**asdict(v), "current": v == current} for v in load_versions(root))


@commands.command()
def rollback(version: Annotated[str, typer.Argument(help="Id of a published version.")]) -> None:
    """Point readers at an earlier version."""
    from nianbao.warehouse.lock import writing
    from nianbao.warehouse.versions import switch

    root = Settings().warehouse_root
    with writing(root):
        switch(root, version)


def _built() -> dict[str, Any]:
    from nianbao.pipeline import warehouse

    settings = Settings()
    return warehouse.gate(settings, warehouse.check(settings, warehouse.build(settings)))
