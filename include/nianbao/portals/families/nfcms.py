"""Sites of 南方网 NFCMS (Guangdong): pages of links, the second of which is `index_2`."""

from typing import ClassVar

from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.pager import next_link, second_based
from nianbao.portals.families.proposal import Proposal


class Nfcms(ListFamily):
    """A record gives the columns in `start_urls`."""

    pagers: ClassVar = (next_link, second_based)

    def sniff(self, page: Page) -> Proposal | None:
        """Know the site's number in the page."""
        if "NFCMS_" not in page.text:
            return None
        return Proposal("nfcms", (page.url,), evidence=("NFCMS_SITE_ID in the page",))
