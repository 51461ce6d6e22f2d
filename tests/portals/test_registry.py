from pathlib import Path

import pytest

from nianbao.errors import ConfigurationError
from nianbao.portals import find_portal, load_portal, load_portals, portal_schema

REGISTRY = Path(__file__).parents[2] / "include" / "portals"
RECORD = """
name: 某市人民政府
family: hanweb
hosts: [www.example.gov.cn]
start_urls: ["http://www.example.gov.cn/col/col1/index.html"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "henan").mkdir()
    (tmp_path / "henan" / "example.yaml").write_text(RECORD, "utf-8")
    return tmp_path


def test_every_real_portal_is_valid():
    ids = [portal.id for portal in load_portals(REGISTRY)]
    assert "shandong/feicheng" in ids
    assert ids == sorted(ids)


def test_an_organisation_has_one_id_over_all_real_portals():
    names: dict[str, str] = {}
    for portal in load_portals(REGISTRY):
        for agency in portal.agencies:
            assert names.setdefault(agency.id, agency.name) == agency.name


def test_the_id_is_the_place_of_the_file(folder: Path):
    assert [portal.id for portal in load_portals(folder)] == ["henan/example"]
    assert find_portal(folder, "henan/example").name == "某市人民政府"


def test_a_portal_is_found_by_the_path_of_its_file_too(folder: Path, tmp_path: Path):
    path = folder / "henan" / "example.yaml"
    assert find_portal(folder, str(path)).id == "henan/example"
    assert find_portal(tmp_path / "elsewhere", str(path)).id == "example"
    assert load_portal(path).id == "example"


def test_no_such_portal(folder: Path):
    with pytest.raises(ConfigurationError, match="no portal 'henan/none'"):
        find_portal(folder, "henan/none")
    with pytest.raises(ConfigurationError, match=r"none\.yaml"):
        find_portal(folder, "none.yaml")
    with pytest.raises(ConfigurationError, match="no folder"):
        load_portals(folder / "none")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("family: hanweb", "family: none"), "example.yaml:3: family: there is no 'none', only"),
        (("name:", "nmae:"), "example.yaml:2: nmae: there is no such setting; name?"),
        (("name: 某市人民政府", ""), "name: Field required"),
        (("hosts: [www.example.gov.cn]", "hosts: [other.gov.cn]"), "is on none of the hosts"),
        (("family: hanweb", "family: hanweb\nid: x"), "given by the file's place"),
        (("family: hanweb", "family: hanweb\nparams: {colour: red}"), "params: unknown: colour"),
        (("family: hanweb", "family: hanweb\nparams: {paging_method: put}"), "paging_method"),
        (("family: hanweb", "family: [hanweb"), "expected ',' or ']'"),
        (("family: hanweb", "family: hanweb\nfamily: inbox"), "given twice: family"),
        ((RECORD, "- a list"), "a portal record is a mapping"),
        (("family: hanweb", "family: hanweb\nyears: {first: 2020, last: 2019}"), "comes before"),
        (("family: hanweb", "family: hanweb\nexpected: {min: 2, max: 1}"), "is less than min"),
        (("family: hanweb", "family: hanweb\nnetworks: [10.0.0.1/8]"), "networks: 10.0.0.1/8 has"),
        (("family: hanweb", "family: hanweb\nenabled: false"), "false needs status_note"),
        (("family: hanweb", "family: hanweb\nverify_tls: false"), "false needs tls_reason"),
        (("family: hanweb", "family: hanweb\nverified: live"), "stand together"),
        (("family: hanweb", "family: hanweb\nverified_on: 2026-13-45"), "month must be in 1..12"),
        (("hosts: [www.", "hosts: [http://www."), "is no host: write www.example.gov.cn"),
        (
            ("hosts: [www.example.gov.cn]", "hosts: [www.example.gov.cn, www.example.gov.cn]"),
            "twice",
        ),
        (
            (
                "family: hanweb",
                "family: hanweb\nparams: {annual_report_url: http://x.gov.cn/y.jsp}",
            ),
            "example.yaml:4: params.annual_report_url: http://x.gov.cn/y.jsp is on none of the hosts",
        ),
        (("start_urls", "agencies: [{id: a, name: A}, {id: a, name: B}]\nstart_urls"), "twice: a"),
        (
            ("family: hanweb", "family: hanweb\nparams: {annual_report_url: http://x/y.jsp}"),
            "agency pages need one with a credit_code",
        ),
        (("family: hanweb", "family: inbox"), "not a web page"),
    ],
)
def test_an_invalid_record_names_file_and_reason(
    folder: Path, change: tuple[str, str], reason: str
):
    (folder / "henan" / "example.yaml").write_text(RECORD.replace(*change), "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_portals(folder)
    assert "example.yaml" in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_name_that_cannot_be_an_id(folder: Path):
    (folder / "henan" / "Bad-Name.yaml").write_text(RECORD, "utf-8")
    with pytest.raises(ConfigurationError, match=r"Bad-Name\.yaml: id"):
        load_portals(folder)


def test_the_schema_describes_the_file_and_not_the_id():
    schema = portal_schema()
    assert "id" not in schema["properties"]
    assert set(schema["required"]) == {"name", "family"}
