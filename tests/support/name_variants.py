"""Names as publishers may write them, and names that only look alike, made by rule from registered ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nianbao.divisions import lineage_of
from nianbao.model import Agency, Portal
from nianbao.portals.registry import load_portals
from nianbao.sample.roster import load_roster
from nianbao.warehouse.organisations.declared import declared
from nianbao.warehouse.organisations.naming import body_of
from nianbao.warehouse.organisations.resolve import Printed, Resolver

ROOT = Path(__file__).resolve().parents[2]
SHORT = {
    "住房和城乡建设局": "住建局",
    "工业和信息化局": "工信局",
    "发展和改革委员会": "发改委",
    "商务和工业信息化局": "商工局",
    "市场监督管理局": "市场监管局",
    "文化和旅游局": "文旅局",
}
ALIKE = dict(zip("城市区县人民政府商务局新乡州省", "诚巿曲具入氏攻俯啇劳周薪鄉洲削", strict=True))
"""What a scan is misread as."""


@dataclass(frozen=True)
class Case:
    """A name on a site of some division, and the body that it is; `None` for nobody registered."""

    rule: str
    name: str
    site: str
    org_id: str | None
    never: str = ""
    """The body that it must not be taken for."""


@cache
def resolver() -> Resolver:
    """Return the registry's bodies and the sample's, as a build knows them."""
    sample = load_roster()
    known = declared(registered(), [])
    invented = Portal(
        id="sample",
        name="sample",
        family="inbox",
        agencies=tuple(agency.record for agency in sample.agencies),
    )
    return Resolver(known | declared([invented], []))


@cache
def registered() -> tuple[Portal, ...]:
    return load_portals(ROOT / "include" / "portals")


def found(case: Case) -> str | None:
    """Return the registered body that a name is taken for."""
    return resolver().declared_id(Printed(case.name, None, "", case.site))


def cases() -> Iterator[Case]:
    """Yield every case, in the order of the records."""
    agencies = {a.id: a for portal in registered() for a in portal.agencies}
    for agency in agencies.values():
        yield from variants(agency)
        yield from lookalikes(agency)
    for one in load_roster().agencies:
        record = one.record
        yield Case("as registered", record.name, "", record.id)
        yield Case("as registered, on another's site", record.name, "370983", record.id)


def variants(agency: Agency) -> Iterator[Case]:
    code = agency.division or ""
    for name in (agency.name, *agency.aliases):
        yield Case("as registered", name, "", agency.id)
        yield Case("as registered, on another's site", name, "370983", agency.id)
    yield Case("white space and width", " ".join(agency.name) + "\u3000", "", agency.id)
    yield Case("with （本级）", f"{agency.name}（本级）", code, agency.id)
    lineage = lineage_of(code) if code else None
    if lineage is None:
        return
    core, place = body_of(agency.name, code).core, lineage.latest
    above = [lineage_of(parent) for parent in place.parents]
    names = [one.latest.name for one in above if one]
    yield Case("every place above it", "".join(names) + place.name + core, "", agency.id)
    yield Case("without the places above", place.name + core, code, agency.id)
    yield Case("without any place, on its site", core, code, agency.id)
    for older in lineage.divisions[:-1]:
        yield Case("under its county's old name", older.name + core, "", agency.id)
    if core == "人民政府":
        yield Case("short form", f"{place.name}政府", code, agency.id)
    if core in SHORT:
        yield Case("short form", place.name + SHORT[core], code, agency.id)


def lookalikes(agency: Agency) -> Iterator[Case]:
    code = agency.division or ""
    for right, wrong in ALIKE.items():
        if right in agency.name:
            name = agency.name.replace(right, wrong, 1)
            yield Case("misread character", name, code, None, agency.id)
    if not code:
        return
    core = body_of(agency.name, code).core
    for other in ("桃源县", "凤凰县"):
        yield Case("the same body elsewhere", other + core, code, None, agency.id)
    yield Case("no place, on another's site", core, "430725", None, agency.id)
    if core == "人民政府":
        yield Case("the government's office", f"{agency.name}办公室", code, None, agency.id)
        yield Case(
            "a town of it", agency.name.replace(core, "东风镇人民政府"), code, None, agency.id
        )
    else:
        yield Case("another department", agency.name.replace(core, "气象局"), code, None, agency.id)
        yield Case("a longer name", f"{agency.name}机关服务中心", code, None, agency.id)
