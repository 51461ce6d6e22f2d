"""The `nianbao` command: every step of the pipeline by hand.

Exit codes: 0 done, 1 problems found, 2 could not run.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from nianbao.errors import NianbaoError
from nianbao.settings import Settings

app = typer.Typer(
    help="Read, check and publish annual disclosure reports (政府信息公开工作年度报告).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
portal_app = typer.Typer(help="Portals of the registry.", no_args_is_help=True)
app.add_typer(portal_app, name="portal")

Files = Annotated[list[Path], typer.Argument(help="Report files.")]
_PROBLEMS = 1
_COULD_NOT_RUN = 2


@app.command()
def parse(files: Files) -> None:
    """Print one JSON object per report found in the files."""
    from nianbao.pipeline.files import parse_files

    failed = _print_lines(parse_files(files), is_problem=lambda item: "error" in item)
    raise typer.Exit(_PROBLEMS if failed else 0)


@app.command()
def check(
    files: Files,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Read the files and print the checks of each report, failing ones first."""
    from nianbao.pipeline.files import check_files
    from nianbao.pipeline.show import show_checks

    checks = list(check_files(files))
    if as_json:
        _print_lines(checks)
    else:
        show_checks(checks)
    raise typer.Exit(_PROBLEMS if any(_is_problem(item) for item in checks) else 0)


@portal_app.command("check")
def portal_check(
    portal: Annotated[str, typer.Argument(help="Portal id, or a YAML file.")],
    year: Annotated[list[int] | None, typer.Option(help="Report year; may be repeated.")] = None,
) -> None:
    """List what a portal would yield, fetching list pages only."""
    from nianbao.pipeline.harvest import discover

    found = _print_lines(discover(Settings(), portal, year))
    raise typer.Exit(0 if found else _PROBLEMS)


@app.command()
def build() -> None:
    """Build and check a staging warehouse, and let Great Expectations judge it."""
    _print_lines([_built()])


@app.command()
def publish() -> None:
    """Build, check and publish; does nothing where the sources have not changed."""
    from nianbao.pipeline import warehouse

    _print_lines([warehouse.publish(Settings(), _built())])


@app.command()
def versions() -> None:
    """List the published versions, oldest first."""
    from dataclasses import asdict

    from nianbao.warehouse.versions import current_version, load_versions

    root = Settings().warehouse_root
    current = current_version(root)
    _print_lines({**asdict(v), "current": v == current} for v in load_versions(root))


@app.command()
def rollback(version: Annotated[str, typer.Argument(help="Id of a published version.")]) -> None:
    """Point readers at an earlier version."""
    from nianbao.warehouse.lock import writing
    from nianbao.warehouse.versions import switch

    root = Settings().warehouse_root
    with writing(root):
        switch(root, version)


@app.command()
def generate(
    check_only: Annotated[
        bool, typer.Option("--check", help="Write nothing, only compare.")
    ] = False,
) -> None:
    """Write everything that derives from the form and rule files: suites, docs, schemas."""
    from nianbao.pipeline.generate import generate as write_all

    changed = write_all(Path.cwd(), write=not check_only)
    _print_lines({"changed": str(path)} for path in changed)
    raise typer.Exit(_PROBLEMS if changed and check_only else 0)


def main() -> None:
    """Run the command; an expected error is one line on stderr and exit code 2."""
    try:
        app()
    except NianbaoError as error:
        _give_up(str(error))
    except Exception as error:
        # A full disk, a folder that may not be written, a fault of ours: still one clear line.
        if os.environ.get("NIANBAO_DEBUG"):
            raise
        reason = " ".join(str(error).split())[:300]
        _give_up(f"{type(error).__name__}: {reason} (NIANBAO_DEBUG=1 shows where)")


def _give_up(reason: str) -> NoReturn:
    typer.echo(f"nianbao: {reason}", err=True)
    sys.exit(_COULD_NOT_RUN)


def _built() -> dict[str, Any]:
    from nianbao.pipeline import warehouse

    settings = Settings()
    return warehouse.gate(settings, warehouse.check(settings, warehouse.build(settings)))


def _print_lines(items: Iterable[dict[str, Any]], is_problem: Any = lambda _: True) -> int:
    """Print objects as JSON lines and return how many of them are problems."""
    problems = 0
    for item in items:
        problems += bool(is_problem(item))
        typer.echo(json.dumps(item, ensure_ascii=False, default=str))
    return problems


def _is_problem(item: dict[str, Any]) -> bool:
    return "error" in item or (item["status"] == "fail" and item["severity"] != "info")
