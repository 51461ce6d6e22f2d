"""Where things are kept and how we introduce ourselves; every value can be set as `NIANBAO_…`."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from nianbao import __version__


class Settings(BaseSettings):
    """Settings of one installation; the environment overrides the defaults."""

    model_config = SettingsConfigDict(env_prefix="NIANBAO_", frozen=True)

    home: Path = Path(".state/nianbao")
    """Folder that holds everything that is not given a place of its own below."""
    archive_url: str = ""
    """Where fetched bytes and the fetch log are kept: a folder or any fsspec URL."""
    parsed_url: str = ""
    """Where parsed Parquet parts are kept: a folder or any fsspec URL."""
    warehouse_dir: Path | None = None
    """Folder of the published file and its versions; always a local disk."""
    versions_kept: int = Field(default=5, ge=2)
    """Published versions whose files stay; two at least, so that there is one to go back to."""
    roster_dir: Path | None = None
    """Folder of the rosters that say who must report, with local deadlines."""
    verdicts_url: str = ""
    """Where reviewers' decisions are kept: an SQLAlchemy URL; an SQLite file where none is given."""
    worklists_dir: Path | None = None
    """Folder of filled-in work-lists: each refresh of the warehouse reads what was dropped there."""
    portals_dir: Path = Path("include/portals")
    """The registry of portal records; DAGs and commands read it at run time only."""
    great_expectations_dir: Path = Path("great_expectations")
    contact: str = Field(default="https://github.com/nianbao", min_length=3)
    """Address or page put into the user agent, so that a site's operator can reach us."""
    proxy: str = ""
    """URL of a proxy that the crawl goes through; then the list of hosts alone decides what it may ask."""
    ca_bundle: Path | None = None
    """Certificates to trust in place of the usual ones, as behind a proxy that opens connections."""
    portal_requests: int | None = Field(default=5_000, ge=1)
    """Requests for one portal in one harvest; what is over ends as `over_limit`, for the next one."""
    portal_seconds: float | None = Field(default=4 * 3600, gt=0)
    """Time for one portal in one harvest."""
    host_requests: int | None = Field(default=20_000, ge=1)
    """Requests to one host in one harvest, whatever the number of its portals."""
    host_seconds: float | None = Field(default=8 * 3600, gt=0)
    """Time for one host in one harvest."""
    revisit_young_days: int = Field(default=120, ge=0)
    """A report published less than so many days ago is asked for in every harvest."""
    revisit_every_days: int = Field(default=30, ge=0)
    """An older one after so many days; 0 is in every harvest too."""
    reading_batch: int = Field(default=500, ge=1)
    """Documents read by one task; ten web pages count as one, since other files take far longer."""
    build_memory: str = Field(default="4GB", pattern=r"^[0-9]+(MB|GB)$")
    """Memory that the database may use for a build; what does not fit goes to the disk."""
    build_threads: int | None = Field(default=None, ge=1)
    """Threads of the database in a build; all processors where none are given."""
    exports: Literal["always", "small", "never"] = "small"
    """Whether publishing also writes the exports: `small` does where there are not too many reports."""
    exports_small_reports: int = Field(default=20_000, ge=0)
    """Up to so many reports are few: the exports take a minute or two."""
    exports_memory: str = Field(default="1GB", pattern=r"^[0-9]+(MB|GB)$")
    """Memory that the database may use for an export; what does not fit goes to the disk."""

    report_copies: int = Field(default=2_000, ge=0)
    """Up to so many documents that fail a check are copied into the expectation reports; where there
    are more, Airflow serves them from the archive."""

    @property
    def archive_root(self) -> str:
        """URL of the archive."""
        return self.archive_url or str(self.home / "archive")

    @property
    def parsed_root(self) -> str:
        """URL of the parsed data."""
        return self.parsed_url or str(self.home / "parsed")

    @property
    def cache_folder(self) -> Path:
        """Folder for copies of what comes from an object store; it may be removed at any time."""
        return self.home / "cache"

    @property
    def pace_folder(self) -> Path:
        """Folder where this machine's processes tell each other when a host was asked last."""
        return self.home / "pace"

    @property
    def warehouse_root(self) -> Path:
        """Folder of the warehouse."""
        return self.warehouse_dir or self.home / "warehouse"

    @property
    def roster_root(self) -> Path:
        """Folder of the rosters."""
        return self.roster_dir or self.home / "roster"

    @property
    def verdicts_location(self) -> str:
        """URL of the store of verdicts."""
        return self.verdicts_url or f"sqlite:///{(self.home / 'verdicts.sqlite').absolute()}"

    @property
    def worklists_root(self) -> Path:
        """Folder that filled-in work-lists are dropped into."""
        return self.worklists_dir or self.home / "worklists"

    @property
    def identities_file(self) -> Path:
        """File that remembers which ids were given to names that no record has."""
        return self.home / "identities.csv"

    @property
    def docs_root(self) -> Path:
        """Folder of the expectation reports."""
        return self.warehouse_root / "expectation_reports"

    @property
    def user_agent(self) -> str:
        """How the crawl introduces itself."""
        return f"Nianbao/{__version__} (+{self.contact})"
