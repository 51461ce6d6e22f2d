"""What a cell's text looks like, for the joining of tables; what it means is for the recogniser."""

_DIGITS = frozenset("0123456789０１２３４５６７８９")
_ORDINAL_STARTS = frozenset("0123456789一二三四五六七八九十（(第")


def is_number(text: str) -> bool:
    """Tell whether a text begins and ends with a digit."""
    text = text.strip()
    return bool(text) and text[0] in _DIGITS and text[-1] in _DIGITS


def is_words(text: str) -> bool:
    """Tell whether there is a text that is no number."""
    return bool(text.strip()) and not is_number(text)


def opens_label(text: str) -> bool:
    """Tell whether a text begins with an ordinal or a number, so that it continues no other one."""
    return text.strip()[:1] in _ORDINAL_STARTS
