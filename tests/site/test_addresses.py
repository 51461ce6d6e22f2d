"""Pages have names that every system and host takes, one for each organisation."""

import pytest

from nianbao.site.addresses import agency_page, root_of, slug


def test_an_id_in_lower_case_is_the_name() -> None:
    assert slug("name-0123456789abcdef") == "name-0123456789abcdef"
    assert slug("11990302MB2000042M") == "11990302mb2000042m"


@pytest.mark.parametrize(
    "org_id", ["con", "a/b", "..", "Mixed-Case", "局", "x" * 80, "", "nul", "a"]
)
def test_an_id_unfit_for_a_file_name_becomes_a_hash(org_id: str) -> None:
    assert slug(org_id).startswith("x-")
    assert slug(org_id) == slug(org_id)


def test_the_way_back_leads_to_the_language() -> None:
    assert agency_page("11990302MB2000042M") == "agencies/2m/11990302mb2000042m.html"
    assert root_of("agencies/2m/11990302mb2000042m.html") == "../../"
    assert root_of("index.html") == ""
