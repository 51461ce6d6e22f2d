"""Whether a build may become the current version, and why not."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nianbao.warehouse.versions import Version, current_version, load_listing

Outcome = Literal["new", "published", "unchanged", "held", "superseded"]


@dataclass(frozen=True)
class Standing:
    """What is to be done with a build.

    `new` is to be published; `published` has been, by an attempt that was killed before it could
    say so; `unchanged` has the content that readers see; `held` has a content that was rolled back
    from; `superseded` began before a version or a rollback that readers have seen since.
    """

    outcome: Outcome
    version: Version | None = None
    """The version that stands, where the build is not to be published."""

    @property
    def is_new(self) -> bool:
        """Tell whether the build is to be published."""
        return self.outcome == "new"


def standing(root: Path, sequence: int, *, inputs: str = "", content: str = "") -> Standing:
    """Judge a build by when it began and by the hash of its inputs or of its content."""
    listing, current = load_listing(root), current_version(root)
    made = [version for version in listing.versions if sequence and version.sequence == sequence]
    if made:
        return Standing("published", made[-1])
    if sequence < listing.sequence:
        return Standing("superseded", current)
    if current is not None and _is_of(current, inputs, content):
        return Standing("unchanged", current)
    if any(_is_of(version, inputs, content) for version in listing.held):
        return Standing("held", current)
    return Standing("new")


def _is_of(version: Version, inputs: str, content: str) -> bool:
    return version.content_hash == content or version.inputs_hash == inputs
