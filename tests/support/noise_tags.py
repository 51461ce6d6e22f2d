"""Boxes as HTML tables, as clean or as untidy as the noise asks."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from random import Random

from support.noise_boxes import Box, BoxTable
from support.noise_markup import INK_HARMLESS, plain

TAG_NOISE = (
    "unclosed",
    "upper case",
    "th",
    "attributes",
    "explicit spans",
    "row groups",
    "columns declared",
    "space between",
)
_JUNK = (
    ' style="border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt"',
    " valign=top width=85",
    " onmouseover=\"this.title='a>b'\"",
    ' data-x="<td>7</td>"',
    " nowrap x:num u1:num",
    ' class="et2 xl65" bgcolor=#ffffff',
    ' height="19" x:str=""',
    ' title="第1行"',
)


@dataclass(frozen=True)
class Pen:
    """Writes tables with some noise; each kind draws from random numbers of its own."""

    noise: Collection[str]
    random: Callable[[str], Random]

    def table(self, table: BoxTable, number: int) -> str:
        """Return a table."""
        rng = self.random(f"tags {number}")
        inks = [name for name in INK_HARMLESS if name in self.noise]
        rows = [
            self._row(rng, self.random(f"ink {number} {index}"), row, inks)
            for index, row in enumerate(table.rows)
        ]
        body = self._groups(rng, rows, table.heads)
        columns = "<colgroup><col width=72 span=2><col></colgroup>" * self.has("columns declared")
        attributes = rng.choice(_JUNK) if self.has("attributes") else ' border="1"'
        html = f"<table{attributes}>{columns}{body}</table>"
        return html.replace("<t", "<T").replace("</t", "</T") if self.has("upper case") else html

    def has(self, name: str) -> bool:
        return name in self.noise

    def _groups(self, rng: Random, rows: list[str], heads: int) -> str:
        head = f"<thead>{''.join(rows[:heads])}</thead>" if heads else ""
        rest = rows[heads:]
        if self.has("row groups"):
            return f"{head}<tbody>{''.join(rest)}</tbody><tbody></tbody>"
        return head + "".join(rest)

    def _row(self, rng: Random, ink: Random, row: list[Box], inks: list[str]) -> str:
        between = "\n    " if self.has("space between") else ""
        cells = between.join(self._cell(rng, ink, box, inks) for box in row)
        junk = rng.choice(_JUNK) if self.has("attributes") and rng.random() < 0.3 else ""
        hidden = ' style="display:none"' if row and all(box.hidden for box in row) else ""
        end = "" if self.has("unclosed") and rng.random() < 0.7 else "</tr>"
        return f"<tr{hidden or junk}>{cells}{end}\n"

    def _cell(self, rng: Random, ink: Random, box: Box, inks: list[str]) -> str:
        tag = "th" if self.has("th") and not box.code else "td"
        content = box.markup if box.markup is not None else self._content(ink, box.text, inks)
        junk = rng.choice(_JUNK) if self.has("attributes") and rng.random() < 0.3 else ""
        hidden = rng.choice([' style="display:none"', " hidden", " style='width:0;DISPLAY: none;'"])
        end = "" if self.has("unclosed") and rng.random() < 0.7 else f"</{tag}>"
        return f"<{tag}{hidden if box.hidden else junk}{self._spans(rng, box)}>{content}{end}"

    def _spans(self, rng: Random, box: Box) -> str:
        explicit = self.has("explicit spans")
        text = ""
        for name, size in (("rowspan", box.down), ("colspan", box.across)):
            if size > 1 or (explicit and rng.random() < 0.5):
                written = rng.choice(["{}='{}'", '{}="{}"', "{}={}", '{} = " {} "', '{}="0{}"'])
                text += " " + (written if explicit else '{}="{}"').format(name, size)
        return text

    def _content(self, ink: Random, text: str, inks: list[str]) -> str:
        if inks and ink.random() < 0.6:
            return INK_HARMLESS[ink.choice(inks)](ink, text)
        return plain(text)
