"""What an installation needs before it starts: the database, the pools, the first login, the buckets.

It is the command of the container `init`, and harmless to repeat.
"""

import subprocess
import sys
from typing import Final

from fsspec.core import url_to_fs

from nianbao.settings import Settings
from nianbao_airflow import pools

COMMANDS: Final = (
    ("airflow", "db", "migrate"),
    ("airflow", "pools", "import", str(pools.FILE)),
    # The roles, and the first login: its password is in the file that NIANBAO_PASSWORDS names.
    ("nianbao_airflow.access.sync", "admin=Admin"),
)


def main() -> int:
    """Prepare everything; the exit code is that of the first command that fails."""
    for module, *arguments in COMMANDS:
        command = [sys.executable, "-m", module, *arguments]
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - our own commands
        if code:
            return code
    settings = Settings()
    for url in (settings.archive_root, settings.parsed_root):
        make_bucket(url)
    return 0


def make_bucket(url: str) -> None:
    """Make the bucket of a URL, unless it is there; a folder of a disk needs none.

    Raises `OSError` where the store refuses.
    """
    if not url.startswith("s3://"):
        return
    filesystem, path = url_to_fs(url)
    bucket = path.partition("/")[0]
    if not filesystem.exists(bucket):
        filesystem.mkdir(bucket)


if __name__ == "__main__":
    sys.exit(main())
