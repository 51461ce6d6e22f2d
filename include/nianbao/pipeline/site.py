"""The static site of a published version."""

from pathlib import Path
from typing import Any

from nianbao.errors import ConfigurationError
from nianbao.settings import Settings
from nianbao.site.addresses import CHINA
from nianbao.site.folder import packed, replacing
from nianbao.site.make import Wanted, make_site
from nianbao.warehouse.versions import WAREHOUSE_FILE, current_version, is_kept


def report(
    settings: Settings,
    out: Path,
    *,
    place: str = "",
    version: str = "",
    archive: str = "",
    as_zip: bool = False,
) -> dict[str, Any]:
    """Make the site of a published version, the current one by default; it replaces an older site.

    Raises `ConfigurationError` where there is no such version, the version has nothing of the place,
    or the folder holds something else.
    """
    chosen = version or _current(settings.warehouse_root)
    if not is_kept(settings.warehouse_root, chosen):
        raise ConfigurationError(f"no published version {chosen!r}")
    file = settings.warehouse_root / "versions" / chosen / WAREHOUSE_FILE
    with replacing(out) as folder:
        pages = make_site(file, folder, Wanted(chosen, place or CHINA, archive))
    return {
        "version": chosen,
        "pages": pages,
        "start": str(out / "index.html"),
        "zip": str(packed(out)) if as_zip else None,
    }


def _current(root: Path) -> str:
    current = current_version(root)
    if current is None:
        raise ConfigurationError(f"nothing is published in {root} yet")
    return current.id
