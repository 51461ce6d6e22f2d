"""What there is, in a few numbers, for the end of a run and for the command line."""

from typing import Any

from nianbao.settings import Settings
from nianbao.warehouse.content import counts
from nianbao.warehouse.versions import (
    EXPORTS_FOLDER,
    REPORTS_FOLDER,
    WAREHOUSE_FILE,
    current_version,
)


def summarise(settings: Settings) -> dict[str, Any]:
    """Return the counts of the published warehouse and where it is; empty before the first one."""
    root = settings.warehouse_root
    version = current_version(root)
    if version is None:
        return {}
    found, exports = counts(root / WAREHOUSE_FILE), root / "current" / EXPORTS_FOLDER
    return {
        "version": version.id,
        "portals": found["portals"],
        "documents": found["documents"],
        "quarantined": found["quarantined"],
        "reports": found["reports"],
        "cells": found["cells"],
        "checks": {
            "fail": found["checks_failed"],
            "not_assessable": found["checks_not_assessable"],
            "pass": found["checks_passed"],
        },
        "warehouse": str(root / WAREHOUSE_FILE),
        "expectation_reports": str(root / REPORTS_FOLDER / "index.html"),
        **({"exports": str(exports)} if exports.exists() else {}),
    }
