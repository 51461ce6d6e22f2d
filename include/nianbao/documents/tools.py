"""Programs and packages beyond the base installation that some formats need."""

from collections.abc import Callable
from dataclasses import dataclass

from nianbao.documents.bundle.rar import require_unpacker
from nianbao.documents.ocr import require_ocr
from nianbao.documents.office.run import find_converter
from nianbao.errors import ReadError


@dataclass(frozen=True, slots=True)
class FormatNeed:
    """Formats that need something, and whether it is on this machine."""

    formats: str
    missing: str
    """What to install; empty where nothing is missing."""


_NEEDS: dict[str, Callable[[], object]] = {
    ".doc .wps .odt": find_converter,
    "scans, pictures": require_ocr,
    ".rar": require_unpacker,
}


def format_needs() -> tuple[FormatNeed, ...]:
    """Return the formats that need more than Python packages, with what is missing for them."""
    return tuple(FormatNeed(formats, _missing(require)) for formats, require in _NEEDS.items())


def _missing(require: Callable[[], object]) -> str:
    try:
        require()
    except ReadError as error:
        return str(error)
    return ""
