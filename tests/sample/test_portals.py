"""Records and inbox files are written as the crawl takes them."""

import yaml

from nianbao.model import Portal
from nianbao.portals.registry import load_portals
from nianbao.sample.portals import write_inbox, write_portal_records


def test_records_are_accepted_by_the_registry(tmp_path):
    write_portal_records(tmp_path / "portals", (8101, 8102), inbox=tmp_path / "inbox")
    portals = {portal.id: portal for portal in load_portals(tmp_path / "portals")}
    assert portals.keys() == {
        "sample/yunting",
        "sample/qingxiu",
        "sample/qingxiu_departments",
        "sample/inbox",
    }
    assert portals["sample/yunting"].start_urls == ("http://127.0.0.1:8101/col/col7101/index.html",)
    assert all(portal.verified == "sample" for portal in portals.values())


def test_sites_are_asked_often_and_given_up_soon(tmp_path):
    for path in write_portal_records(tmp_path, (1, 2), inbox=tmp_path / "inbox"):
        record = Portal.model_validate(
            {**yaml.safe_load(path.read_text("utf-8")), "id": "sample/x"}
        )
        if record.family == "hanweb":
            assert record.politeness.seconds_between_requests == 0.02
            assert record.politeness.timeout_seconds <= 2


def test_no_agency_stands_on_two_portals(tmp_path):
    write_portal_records(tmp_path, (1, 2), inbox=tmp_path / "inbox")
    ids = [agency.id for portal in load_portals(tmp_path) for agency in portal.agencies]
    assert len(ids) == len(set(ids))


def test_the_inbox_has_reports_one_file_that_is_none_and_a_damaged_one(tmp_path):
    paths = write_inbox(tmp_path / "inbox")
    texts = [path.read_bytes() for path in paths]
    assert sum("行政复议".encode() in text and b"\n\t" in text for text in texts) >= 5
    assert sum(path.suffix == ".docx" for path in paths) == 1
    assert (
        sum(
            b"\t" not in text and path.suffix == ".txt"
            for path, text in zip(paths, texts, strict=True)
        )
        == 1
    )
