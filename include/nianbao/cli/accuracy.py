"""The command that scores reading against what documents are known to print."""

from pathlib import Path
from typing import Annotated

import typer

from nianbao.cli.output import PROBLEMS, print_lines

commands = typer.Typer()


@commands.command()
def accuracy(
    folder: Annotated[Path, typer.Argument(help="Documents, each beside its x.ext.json.")],
    write: Annotated[Path | None, typer.Option(help="Write the table as a Markdown page.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per document.")] = False,
) -> None:
    """Read a folder of documents and score them against what they print."""
    from nianbao.accuracy.page import accuracy_page
    from nianbao.pipeline.accuracy import score_folder, scores_json, show_scores, silent_errors

    scores, found = score_folder(folder)
    if as_json:
        print_lines(scores_json(scores))
    else:
        show_scores(scores, found)
    if write is not None:
        write.write_text(accuracy_page(scores), "utf-8")
    raise typer.Exit(PROBLEMS if silent_errors(scores) else 0)
