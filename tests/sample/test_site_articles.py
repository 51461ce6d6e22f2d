"""The articles of the sample sites, in each family's mark-up, read back as they were printed."""

import pytest

from nianbao.documents import read_document
from nianbao.reports import recognise
from nianbao.sample.exchange import Asked
from nianbao.sample.sites import SITES


@pytest.mark.parametrize("key", SITES)
def test_every_report_of_a_site_reads_back_as_printed(key: str):
    site = SITES[key](key)
    for entry in site.entries:
        if entry.report is None:
            continue
        body = site.answer(Asked("GET", site.href(entry))).body
        (report,) = recognise(read_document(body))
        assert (report.organisation, report.report_year) == entry.report.key
        read = {cell.code: cell.raw for cell in report.cells}
        assert {code: read.get(code) for code in entry.report.cells} == entry.report.cells


def test_a_site_publishes_reports_a_file_a_collection_and_other_pages():
    site = SITES["static"]("static")
    kinds = [entry.kind for entry in site.entries]
    counts = {kind: kinds.count(kind) for kind in ("file", "collected", "collection", "decoy")}
    assert counts == {"file": 1, "collected": 1, "collection": 1, "decoy": 3}
    assert len(site.report_urls()) == 15


def test_what_is_not_there_is_not_found():
    for key, make in SITES.items():
        assert make(key).answer(Asked("GET", "/nowhere.html")).status == 404
