"""What the demo shows at the end: the summary of the data, and where it lies."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from nianbao.settings import Settings
from nianbao_airflow.local.api import Api, Run
from nianbao_airflow.local.place import Place
from nianbao_airflow.names import WAREHOUSE_DAG


def complain(text: str) -> None:
    """Say on stderr why we could not run, without wrapping the line."""
    Console(stderr=True).print(text, markup=False, highlight=False, soft_wrap=True)


def show(place: Place, api: Api, runs: list[Run], console: Console) -> None:
    """Print whether anything was new, and the summary."""
    if nothing_was_new(api, runs):
        console.print("Nothing was new: the published version stands.", style="bold")
    from nianbao.pipeline import summary  # the data libraries take a second to load

    settings = Settings(
        home=place.data,
        portals_dir=place.data / "portals",
        great_expectations_dir=place.root / "great_expectations",
    )
    facts = dict(lines(summary.summarise(settings)))
    console.print(table({name: fact for name, fact in facts.items() if not isinstance(fact, str)}))
    for name, text in facts.items():
        if isinstance(text, str):
            # Not in the table: a path that is wrapped or cut cannot be copied.
            console.print(f"{name}: {text}", markup=False, highlight=False, soft_wrap=True)
    command = f"NIANBAO_HOME={os.path.relpath(place.data)} .venv/bin/nianbao"
    console.print(f"To look closer: {command} versions", markup=False, soft_wrap=True)


def nothing_was_new(api: Api, runs: list[Run]) -> bool:
    """Tell whether all runs succeeded and the warehouse's had nothing to publish.

    Of a harvest that failed we don't know what it would have brought.
    """
    if any(api.state(run) != "success" for run in runs):
        return False
    published = [api.result(run, "publish") for run in runs if run.dag_id == WAREHOUSE_DAG]
    return any(is_nothing_new(result) for result in published)


def is_nothing_new(published: Any) -> bool:
    """Tell whether publishing says that there was nothing to publish."""
    return isinstance(published, Mapping) and published.get("new") is False


def table(facts: Mapping[str, Any]) -> Table:
    """Lay numbers out, one line each."""
    grid = Table(title="年报 Nianbao", show_header=False, title_justify="left")
    grid.add_column()
    grid.add_column(justify="right")
    for name, value in facts.items():
        grid.add_row(name, f"{value:,}")
    return grid


def lines(facts: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield a readable name and a value for each fact, those of nested ones too."""
    for key, value in facts.items():
        name = prefix + key.replace("_", " ")
        if isinstance(value, Mapping):
            yield from lines(value, f"{name}: ")
        else:
            yield name, value if isinstance(value, int) else str(value)
