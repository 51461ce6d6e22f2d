"""From printed names to bodies: what is one, what is two, and ids that stay."""

from collections.abc import Sequence

import pytest

from nianbao.model import Agency, Portal, RosterEntry, org_id_for
from nianbao.warehouse.organisations.context import common_division, division_of_portal
from nianbao.warehouse.organisations.declared import declared
from nianbao.warehouse.organisations.resolve import Printed, Resolver

FEICHENG = Agency(id="feicheng", name="肥城市商务局", division="370983")
MIDDLE = Agency(id="erqi", name="二七区工业和信息化局", division="410103")


def resolver(
    *agencies: Agency,
    roster: Sequence[RosterEntry] = (),
    memory: dict[tuple[str, str], str] | None = None,
) -> Resolver:
    portal = Portal(id="p/site", name="s", family="hanweb", agencies=agencies)
    return Resolver(declared([portal], roster), memory)


def resolved(one: Resolver, *names: tuple[str, str]) -> list[str | None]:
    """Return the ids of names, each with the division of its site."""
    printed = [
        Printed(name, None, f"p/{number}", near) for number, (name, near) in enumerate(names)
    ]
    found = {item.printed: item.org_id for item in one.resolve(printed)}
    return [found[item] for item in printed]


@pytest.mark.parametrize(
    "name",
    [
        "肥城市商务局",
        "泰安市肥城市商务局",
        "山东省肥城市商务局",
        "肥 城市商务局",
        "肥城市商务局(本级)",
    ],
)
def test_a_body_is_known_by_every_writing_of_its_name(name: str) -> None:
    assert resolved(resolver(FEICHENG), (name, "")) == ["feicheng"]


@pytest.mark.parametrize("name", ["商务局", "市商务局", "肥城商务局"])
def test_a_short_name_is_the_body_of_the_site_it_stands_on(name: str) -> None:
    assert resolved(resolver(FEICHENG), (name, "370983")) == ["feicheng"]


def test_a_short_form_is_the_body() -> None:
    assert resolved(resolver(MIDDLE), ("郑州市二七区工信局", "")) == ["erqi"]


@pytest.mark.parametrize(
    "name", ["肥成市商务局", "肥城市商务周", "肥城市商务和粮食局", "新泰市商务局", "肥城市教育局"]
)
def test_what_only_looks_alike_is_another_body(name: str) -> None:
    assert resolved(resolver(FEICHENG), (name, "370983")) != ["feicheng"]


def test_bodies_of_one_name_in_two_places_are_two() -> None:
    found = resolved(
        resolver(),
        ("新华区商务局", "410400"),
        ("新华区商务局", "130900"),
        ("石家庄市新华区商务局", ""),
        ("商务局", "410402"),
    )
    assert len({*found}) == 3
    assert found[0] == found[3]


def test_a_body_declared_in_one_place_does_not_take_the_reports_of_another() -> None:
    one = Agency(id="one", name="新华区商务局", division="410402")
    assert (
        resolved(resolver(one), ("新华区商务局", "410400"), ("新华区商务局", "130900"))[0] == "one"
    )
    assert resolved(resolver(one), ("新华区商务局", "130900")) != ["one"]


def test_a_name_without_a_place_keeps_the_id_of_its_name() -> None:
    assert resolved(resolver(), ("某局", "")) == [org_id_for("某局")]


def test_a_body_keeps_its_id_when_its_county_becomes_a_city() -> None:
    one, other = resolved(resolver(), ("邹平县教育局", ""), ("邹平市教育局", ""))
    assert one == other


def test_a_merged_county_and_the_one_it_went_into_have_bodies_of_their_own() -> None:
    one, other = resolved(resolver(), ("下城区商务局", ""), ("拱墅区商务局", ""))
    assert one != other


def test_a_remembered_name_keeps_its_id_whatever_the_rules_say_now() -> None:
    memory = {("新华区商务局", "410400"): "name-of-old"}
    one = resolver(memory=memory)
    assert resolved(one, ("新华区商务局", "410400"), ("商务局", "410402")) == ["name-of-old"] * 2


def test_an_id_is_never_given_to_two_bodies() -> None:
    memory = {("甲局", ""): "name-1", ("乙局", ""): "name-1"}
    one, other = resolved(resolver(memory=memory), ("甲局", ""), ("乙局", ""))
    assert "name-1" in {one, other}
    assert one != other


def test_a_report_without_a_name_is_the_agency_of_its_list() -> None:
    printed = Printed("", "feicheng", "p/site", "")
    assert [one.org_id for one in resolver(FEICHENG).resolve([printed])] == ["feicheng"]


def test_a_roster_adds_to_the_body_that_a_record_names() -> None:
    entry = RosterEntry("泰安市肥城市商务局", site_code="3709830001", division="370983")
    portal = Portal(id="p/site", name="s", family="hanweb", agencies=(FEICHENG,))
    found = declared([portal], [entry])
    assert list(found) == ["feicheng"]
    assert found["feicheng"].site_code == "3709830001"


def test_a_roster_makes_the_bodies_that_no_record_has() -> None:
    coded = RosterEntry("肥城市财政局", credit_code="11370983004351377Y", division="370983")
    plain = RosterEntry("肥城市司法局", division="370983")
    assert list(declared([], [coded, plain])) == [
        "cn-11370983004351377Y",
        org_id_for("司法局", "370983"),
    ]


def test_a_site_is_where_its_government_is() -> None:
    government = Agency(id="gov", name="泰安市人民政府", division="370900", kind="government")
    agencies = (government, FEICHENG)
    assert division_of_portal(Portal(id="a", name="s", family="x", agencies=agencies)) == "370900"
    assert division_of_portal(Portal(id="a", name="深圳市国资委目录", family="x")) == "440300"
    assert division_of_portal(Portal(id="a", name="收件箱", family="inbox")) == ""


def test_what_divisions_have_in_common_is_the_division_above() -> None:
    assert common_division(["370983", "370911"]) == "370900"
    assert common_division(["370983", "370102"]) == "370000"
    assert common_division(["370983", "410711"]) == ""
