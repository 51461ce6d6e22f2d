"""What a group of rich text inherits from the one around it, and the control words that change it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from nianbao.documents.docx.join import Kind

_RAISED_FROM = 6
"""Half-points: a smaller shift only aligns characters of several fonts."""


@dataclass(frozen=True, slots=True)
class State:
    """The properties of the text that comes next."""

    codec: str = ""
    fallback: int = 1
    """Characters behind a Unicode number, for readers that don't know it."""
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    struck: bool = False
    shifted: bool = False
    """Set smaller above or below the line, as footnote marks are."""
    raised: bool = False
    """Moved up or down in its own size."""
    in_table: bool = False
    depth: int = 1
    """Of the tables around, where `in_table`."""
    in_number: bool = False
    """Inside the number that a list puts before a paragraph."""
    nested_row: bool = False
    """Inside the definition of a row of a table in a cell."""

    @property
    def level(self) -> int:
        """The number of tables around the paragraph."""
        return max(self.depth, 1) if self.in_table else 0

    @property
    def kind(self) -> Kind:
        """What the text is to a number beside it."""
        if self.hidden or self.deleted:
            return "deleted" if self.deleted else "hidden"
        if self.struck or self.shifted:
            return "mark"
        if self.inserted:
            return "inserted"
        return "raised" if self.raised else "plain"


def _shifted(state: State, number: int | None) -> State:
    shift = _RAISED_FROM if number is None else abs(number)
    return replace(state, raised=shift >= _RAISED_FROM)


_KEPT_BY_PLAIN = ("fallback", "in_table", "depth", "in_number", "nested_row")
_Change = Callable[[State, int | None], State]
CHANGES: dict[str, _Change] = {
    "uc": lambda state, n: replace(state, fallback=max(n or 0, 0)),
    "v": lambda state, n: replace(state, hidden=n != 0),
    "webhidden": lambda state, n: replace(state, hidden=n != 0),
    "deleted": lambda state, n: replace(state, deleted=n != 0),
    "strike": lambda state, n: replace(state, struck=n != 0),
    "striked": lambda state, n: replace(state, struck=n != 0),
    "super": lambda state, n: replace(state, shifted=n != 0),
    "sub": lambda state, n: replace(state, shifted=n != 0),
    "nosupersub": lambda state, _: replace(state, shifted=False),
    "revised": lambda state, n: replace(state, inserted=n != 0),
    "up": _shifted,
    "dn": _shifted,
    "plain": lambda state, _: replace(
        State(), **{name: getattr(state, name) for name in _KEPT_BY_PLAIN}
    ),
    "pard": lambda state, _: replace(state, in_table=False, depth=1),
    "intbl": lambda state, _: replace(state, in_table=True),
    "itap": lambda state, n: replace(state, in_table=(n or 0) > 0, depth=n or 1),
    "listtext": lambda state, _: replace(state, in_number=True),
    "pntext": lambda state, _: replace(state, in_number=True),
    "nesttableprops": lambda state, _: replace(state, nested_row=True),
}
