"""The `nianbao` command: every step of the pipeline by hand.

Exit codes: 0 done, 1 problems found, 2 could not run.

Each module beside this one holds the commands of one subject and is registered in `main.py`.
"""

from nianbao.cli.main import app, main

__all__ = ["app", "main"]
