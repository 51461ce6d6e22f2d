"""What the style sheet says of runs and of numbering: direct formatting first, then the styles."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from nianbao.documents.docx.names import child, switch, value, w

_RAISED = 4
"""Half-points: from two points on, a shifted run is read as a mark beside its neighbour."""

_SYMBOL_FONTS = ("wingdings", "webdings", "symbol", "marlett")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is printed, as far as it matters for its text."""

    hidden: bool = False
    marked: bool = False
    """Struck out, superscript or subscript."""
    raised: bool = False
    """Shifted up or down without being a superscript."""
    symbols: bool = False
    """In a font whose letters and digits are pictures."""


_PLAIN = Look()


class Styles:
    """A style sheet; an absent one says nothing."""

    def __init__(self, root: etree._Element | None) -> None:
        """Index the styles by their id."""
        found = root.findall(w("style")) if root is not None else []
        self._by_id = {value(style, "styleId"): style for style in found}
        defaults = [s for s in found if value(s, "default") in ("1", "true", "on")]
        self._default = next(
            (value(s, "styleId") for s in defaults if value(s, "type") == "paragraph"), ""
        )
        self._numbering: dict[str, etree._Element | None] = {}
        self._inherited: dict[tuple[str, str], list[etree._Element]] = {}

    def chain(self, style_id: str) -> Iterator[etree._Element]:
        """Yield a style and those that it is based on."""
        seen: set[str] = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            style_id = value(child(style, "basedOn"))

    def of(self, paragraph: etree._Element) -> str:
        """Return the id of a paragraph's style."""
        return value(child(paragraph, "pPr", "pStyle")) or self._default

    def numbering(self, style_id: str) -> etree._Element | None:
        """Return the nearest `w:numPr` of a style."""
        if style_id not in self._numbering:
            said = (child(style, "pPr", "numPr") for style in self.chain(style_id))
            found = (numbering for numbering in said if numbering is not None)
            self._numbering[style_id] = next(found, None)
        return self._numbering[style_id]

    def look(self, properties: etree._Element | None, paragraph_style: str) -> Look:
        """Return how a run with these `w:rPr` prints in a paragraph of this style."""
        layers = self._layers(properties, paragraph_style)
        if not layers:
            return _PLAIN
        align = self._text(layers, "vertAlign")
        position = self._text(layers, "position").lstrip("-")
        struck = self._switch(layers, "strike") or self._switch(layers, "dstrike")
        return Look(
            hidden=self._switch(layers, "vanish"),
            marked=struck or align in ("superscript", "subscript"),
            raised=position.isdecimal() and len(position) <= 3 and int(position) >= _RAISED,
            symbols=_font(properties).lower().startswith(_SYMBOL_FONTS),
        )

    def _layers(
        self, properties: etree._Element | None, paragraph_style: str
    ) -> list[etree._Element]:
        styles = (value(child(properties, "rStyle")), paragraph_style)
        if styles not in self._inherited:
            said = (child(style, "rPr") for one in styles for style in self.chain(one))
            self._inherited[styles] = [layer for layer in said if layer is not None]
        own = [properties] if properties is not None and len(properties) else []
        return own + self._inherited[styles]

    @staticmethod
    def _switch(layers: list[etree._Element], name: str) -> bool:
        said = (switch(layer, name) for layer in layers)
        return next((is_on for is_on in said if is_on is not None), False)

    @staticmethod
    def _text(layers: list[etree._Element], name: str) -> str:
        said = (value(child(layer, name)) for layer in layers)
        return next((text for text in said if text), "")


def _font(properties: etree._Element | None) -> str:
    return value(child(properties, "rFonts"), "ascii")
