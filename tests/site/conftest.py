"""A small synthetic warehouse, with hostile values in it, and the site made from it once."""

from pathlib import Path

import duckdb
import pytest

from nianbao.site.folder import replacing
from nianbao.site.make import Wanted, make_site
from support.site_warehouse import write_site_warehouse

HOSTILE = "</script><img src=x onerror=alert(1)>局"
VERSION = "20260105T023000Z-1a2b3c4d"


@pytest.fixture(scope="session")
def warehouse_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = write_site_warehouse(tmp_path_factory.mktemp("site") / "nianbao.duckdb", 40, years=7)
    with duckdb.connect(str(file)) as con:
        con.execute("UPDATE organisations SET name = ? WHERE org_id = '11330100police'", [HOSTILE])
        con.execute("UPDATE check_results SET message_zh = ?, quote = ?", [HOSTILE, HOSTILE])
        con.execute(
            "UPDATE reports SET source_url = 'javascript:alert(1)' WHERE org_id = '11330100finance'"
        )
        con.execute(
            "UPDATE reports SET source_url = '/srv/inbox/2020.docx' WHERE org_id = '11330100education'"
        )
    return file


@pytest.fixture(scope="session")
def site(warehouse_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the whole site."""
    out = tmp_path_factory.mktemp("made") / "site"
    with replacing(out) as folder:
        make_site(warehouse_file, folder, Wanted(VERSION))
    return out
