"""Sample sites, at least one per family; each serves its protocol exactly.

`SITES` has them by name; `serve_site` puts one on loopback sockets.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from nianbao.sample.exchange import Answering
from nianbao.sample.loopback import Request, Server
from nianbao.sample.sites.anhui import Openness, PublicSite
from nianbao.sample.sites.guangdong import Gkmlpt, Nfcms
from nianbao.sample.sites.hanweb import HanwebCursor, HanwebLinks, HanwebMoreColumn, HanwebScript
from nianbao.sample.sites.hanweb_jpaas import HanwebJpaas
from nianbao.sample.sites.hanweb_xxgk import HanwebXxgk
from nianbao.sample.sites.henan import PagePc, PublicPlatform
from nianbao.sample.sites.jiangsu import Epoint, EpointZero, TrueCms
from nianbao.sample.sites.site import Site
from nianbao.sample.sites.static import Static, StaticFrame, WebPlus
from nianbao.sample.sites.trs import Trs, TrsSearch
from nianbao.sample.sites.ucap import Ucap, UcapHtml, UcapPost
from nianbao.sample.sites.vsb import Vsb

SITES: dict[str, type[Site]] = {
    "hanweb_cursor": HanwebCursor,
    "hanweb_script": HanwebScript,
    "hanweb_morecolumn": HanwebMoreColumn,
    "hanweb_links": HanwebLinks,
    "hanweb_xxgk": HanwebXxgk,
    "hanweb_jpaas": HanwebJpaas,
    "trs": Trs,
    "trs_search": TrsSearch,
    "vsb": Vsb,
    "ucap": Ucap,
    "ucap_html": UcapHtml,
    "ucap_post": UcapPost,
    "gkmlpt": Gkmlpt,
    "nfcms": Nfcms,
    "public_platform": PublicPlatform,
    "page_pc": PagePc,
    "openness": Openness,
    "publicsite": PublicSite,
    "epoint": Epoint,
    "epoint_zero": EpointZero,
    "truecms": TrueCms,
    "webplus": WebPlus,
    "static": Static,
    "static_frame": StaticFrame,
}
"""Every sample site by its name, which is that of its place in `data/sites.yaml`."""


@contextmanager
def serve_site(
    key: str, around: Callable[[Answering], Answering] = lambda answering: answering
) -> Iterator[tuple[Site, list[Request]]]:
    """Serve a site while the context lasts; yield it with the list of requests as they come in.

    `around` may wrap its answers, as a fault plan does.
    """
    site = SITES[key](key)
    with ExitStack() as stack:
        servers = [
            stack.enter_context(Server((f"127.0.0.{place + 1}", 0)))
            for place in range(site.other_hosts + 1)
        ]
        site.netlocs = tuple(server.netloc for server in servers)
        answering, requests = around(site.answer), servers[0].requests
        for server in servers:
            server.answering, server.requests = answering, requests
            server.start()
            stack.callback(server.stop)
        yield site, requests


__all__ = ["SITES", "Site", "serve_site"]
