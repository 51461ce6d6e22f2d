"""A synthetic warehouse with verdicts and hostile values, and the expectation reports made from it once."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from nianbao.site.checks.make import make_reports
from nianbao.site.folder import replacing
from support.check_warehouse import write_check_warehouse
from support.checks_site import AGENCY, ARCHIVED, DOCUMENTS, HOSTILE, WANTED


@pytest.fixture(scope="session")
def checked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = write_check_warehouse(tmp_path_factory.mktemp("checked") / "nianbao.duckdb", 40, 4)
    with duckdb.connect(str(file)) as con:
        con.execute("UPDATE organisations SET name = ? WHERE org_id = ?", [HOSTILE, AGENCY])
        con.execute("UPDATE reports SET sha256 = ? WHERE org_id = ?", [ARCHIVED, AGENCY])
        con.execute(
            "UPDATE check_results SET quote = ?, note = '联系人电话13800138000', message_zh = "
            "concat(message_zh, '，电话13800138000') WHERE rule_id = 'applications_results_sum'",
            [HOSTILE],
        )
        con.execute(
            "UPDATE reports SET source_url = 'javascript:alert(1)' WHERE org_id = '11330100finance'"
        )
        con.execute(
            "UPDATE reports SET source_url = '/srv/inbox/2020.docx' "
            "WHERE org_id = '11330100education'"
        )
        con.execute("UPDATE organisations SET division = NULL WHERE org_id = '11410000statistics'")
        con.execute("DELETE FROM organisation_places WHERE org_id = '11410000statistics'")
    return file


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse of few agencies that knows no verdicts."""
    file = tmp_path_factory.mktemp("small") / "nianbao.duckdb"
    return write_check_warehouse(file, 9, verdicts=False)


@pytest.fixture(scope="session")
def checks_site(checked_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the reports."""
    out = tmp_path_factory.mktemp("reports") / "site"
    with replacing(out) as folder:
        make_reports(checked_file, folder, replace(WANTED, documents=DOCUMENTS))
    return out
