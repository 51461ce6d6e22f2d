"""The families: code that can list the sites of one CMS, without touching the network."""

from nianbao.errors import ConfigurationError
from nianbao.portals.families.annual_report_module import AnnualReportModule
from nianbao.portals.families.base import Family, ListRequest, Step, Years
from nianbao.portals.families.epoint import Epoint
from nianbao.portals.families.gkmlpt import Gkmlpt
from nianbao.portals.families.hanweb import Hanweb
from nianbao.portals.families.hanweb.jpaas import HanwebJpaas
from nianbao.portals.families.hanweb.xxgk import HanwebXxgk
from nianbao.portals.families.inbox import Inbox
from nianbao.portals.families.nfcms import Nfcms
from nianbao.portals.families.page_pc import PagePc
from nianbao.portals.families.public_platform import PublicPlatform
from nianbao.portals.families.static import Static
from nianbao.portals.families.trs import Trs
from nianbao.portals.families.truecms import TrueCms
from nianbao.portals.families.ucap import Ucap
from nianbao.portals.families.vsb import Vsb
from nianbao.portals.families.webplus import WebPlus

FAMILIES: dict[str, Family] = {
    "annual_report_module": AnnualReportModule(),
    "epoint": Epoint(),
    "gkmlpt": Gkmlpt(),
    "hanweb": Hanweb(),
    "hanweb_jpaas": HanwebJpaas(),
    "hanweb_xxgk": HanwebXxgk(),
    "inbox": Inbox(),
    "nfcms": Nfcms(),
    "page_pc": PagePc(),
    "public_platform": PublicPlatform(),
    "static": Static(),
    "trs": Trs(),
    "truecms": TrueCms(),
    "ucap": Ucap(),
    "vsb": Vsb(),
    "webplus": WebPlus(),
}
"""Every family by the name that portal records use; a new one is added here and in `sniff.ORDER`."""


def family_named(name: str) -> Family:
    """Return a family; `ConfigurationError` where there is none of that name."""
    try:
        return FAMILIES[name]
    except KeyError:
        known = ", ".join(sorted(FAMILIES))
        raise ConfigurationError(f"family: there is no {name!r}, only {known}") from None


__all__ = ["FAMILIES", "Family", "ListRequest", "Step", "Years", "family_named"]
