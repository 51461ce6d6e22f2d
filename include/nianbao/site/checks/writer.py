"""Agency pages of the expectation reports, written in any process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.site.checks.agency import AgencyRows, CheckedAgencies
from nianbao.site.folder import SiteFolder
from nianbao.site.render import Renderer
from nianbao.site.words import Language


@dataclass(frozen=True)
class CheckedWriter:
    """Writes the pages of agencies in every language."""

    folder: SiteFolder
    makers: Mapping[Language, CheckedAgencies]
    renderers: Mapping[Language, Renderer]

    def write(self, agencies: Sequence[AgencyRows]) -> list[str]:
        """Write the pages of some agencies and return their addresses."""
        addresses = []
        for rows in agencies:
            for language, maker in self.makers.items():
                page = maker.page(rows)
                address = f"{language}/{page.address}"
                self.folder.write(address, self.renderers[language].html(page))
                addresses.append(address)
        return addresses
