"""Work-lists dropped into a folder, read by the next refresh of the warehouse.

The file is kept; beside it stands `<name>.result.txt`, whose first line names the bytes that were
read. A file that has not changed since is not read again, one that has is.
"""

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

from nianbao.errors import NianbaoError
from nianbao.pipeline.verdicts import FileResult, import_list
from nianbao.settings import Settings
from nianbao.warehouse.versions import current_version

logger = logging.getLogger(__name__)

RESULT = ".result.txt"
_KINDS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})


def import_inbox(settings: Settings) -> int:
    """Read what was dropped into the folder of work-lists; return the number of files.

    A file that cannot be read is told of beside it and stops nothing; so does a store or a folder
    that cannot be written, which is tried again in the next refresh.
    """
    root = settings.worklists_root
    if not root.is_dir() or current_version(settings.warehouse_root) is None:
        return 0
    done = 0
    for path in _dropped(root):
        try:
            done += _taken_in(settings, path)
        except (NianbaoError, OSError) as error:
            logger.warning("work-list %s: %s; tried again in the next refresh", path.name, error)
    return done


def _dropped(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        # Programs keep `~$name.xlsx` and `.~lock.name.xlsx#` beside a list that is open.
        if (
            path.is_file()
            and path.suffix.lower() in _KINDS
            and not path.name.startswith(("~", "."))
        ):
            yield path


def _taken_in(settings: Settings, path: Path) -> bool:
    mark = f"sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}"
    result = path.with_name(f"{path.name}{RESULT}")
    if result.exists() and result.read_text("utf-8-sig", "replace").startswith(mark):
        return False
    found = import_list(settings, path)
    _write(result, mark, found)
    for line in found.lines():
        logger.info("work-list %s", line)
    return True


def _write(result: Path, mark: str, found: FileResult) -> None:
    text = "\n".join([mark, *found.lines()]) + "\n"
    beside = result.with_name(f".{result.name}.new")
    # With a mark of its encoding and the line ends of Windows, where people open it.
    beside.write_text(text, "utf-8-sig", newline="\r\n")
    beside.replace(result)
