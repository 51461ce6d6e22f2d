"""Names of WordprocessingML, and attributes read without trust."""

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
CHOICE, FALLBACK, ALTERNATIVES = f"{_MC}Choice", f"{_MC}Fallback", f"{_MC}AlternateContent"

_OFF = frozenset(["0", "false", "off", "none"])
_MOST = 1_000_000


def w(name: str) -> str:
    """Return the full name of an element or attribute: `w("p")`."""
    return _W + name


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the first child under a path of names, or `None`."""
    for name in names:
        element = element.find(_W + name) if element is not None else None
    return element


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute of an element that may be absent; an empty string where it isn't given."""
    return element.get(_W + name, "") if element is not None else ""


def number(text: str, default: int) -> int:
    """Return a whole number between nought and a million, or the default for anything else."""
    digits = text.strip()
    plausible = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(_MOST))
    return min(int(digits), _MOST) if plausible else default


def switch(element: etree._Element | None, name: str) -> bool | None:
    """Return whether a property is switched on or off; `None` where it isn't spoken of."""
    found = child(element, name)
    return None if found is None else value(found) not in _OFF


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """Return the branch of alternatives that today's Word shows."""
    choice = alternatives.find(CHOICE)
    return choice if choice is not None else alternatives.find(FALLBACK)
