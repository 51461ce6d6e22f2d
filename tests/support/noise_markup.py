"""How the text of a cell is written in HTML: noise that shows nothing else, and noise that does."""

from collections.abc import Callable
from html import escape
from random import Random

Ink = Callable[[Random, str], str]
"""Text to mark-up."""


def plain(text: str) -> str:
    """Return a text as mark-up; line feeds become line breaks."""
    return escape(text).replace("\n", "<br>").replace("\u00a0", "&nbsp;")


def _cut(rng: Random, text: str) -> tuple[str, str]:
    at = rng.randrange(len(text) + 1)
    return plain(text[:at]), plain(text[at:])


def _spans(rng: Random, text: str) -> str:
    tags = ["span", "font", "b", "u", "em", "strong", "a", "i", "st1:chmetcnv", "small"]
    return "".join(
        f'<{tag} style="font-size:10.5pt;mso-bidi-font-size:11pt">{plain(letter)}</{tag}>'
        for letter in text
        for tag in [rng.choice(tags)]
    )


def _comment(rng: Random, text: str) -> str:
    left, right = _cut(rng, text)
    noise = rng.choice(
        [
            "<!-- 7 -->",
            "<!--[if gte mso 9]>8<![endif]-->",
            "<![if !supportLists]>",
            "<!--EndFragment-->",
        ]
    )
    return f"{left}{noise}{right}"


def _empty_elements(rng: Random, text: str) -> str:
    left, right = _cut(rng, text)
    noise = rng.choice(
        [
            "<span></span>",
            "<o:p></o:p>",
            '<a name="_GoBack"></a>',
            "<wbr>",
            "<b></b>",
            '<span lang="EN-US"></span>',
            "<font></font>",
        ]
    )
    return f"{left}{noise}{right}"


def _padding(rng: Random, text: str) -> str:
    pads = [
        "", "&nbsp;", "&nbsp;&nbsp;", "　", "\n      ", "&ensp;", "&#8203;", "&#xfeff;", "\t", "&thinsp;",
        " &zwnj;", "&emsp;",
    ]  # fmt: skip
    return f"{rng.choice(pads)}{plain(text)}{rng.choice(pads)}"


def _entities(rng: Random, text: str) -> str:
    return "".join(
        letter if letter == "\n" else rng.choice([f"&#{ord(letter)};", f"&#x{ord(letter):X};"])
        for letter in text
    ).replace("\n", "<br>")


def _hidden(rng: Random, text: str) -> str:
    left, right = _cut(rng, text)
    noise = rng.choice(
        [
            '<span style="display:none">7</span>',
            '<span style="DISPLAY: none;mso-hide:all">7</span>',
            "<font style='color:red; display : none !important'>7</font>",
            "<span hidden>7</span>",
            '<i style="visibility:hidden">7</i>',
            '<input type="hidden" value="7">',
            "<script>document.title='7'</script>",
            "<style>.a{width:7px}</style>",
            "<template>7</template>",
            "<noscript>7</noscript>",
        ]
    )
    return f"{left}{noise}{right}"


def _blocks(rng: Random, text: str) -> str:
    tag = rng.choice(["p", "div", "center", "p", "blockquote", "h4"])
    empty = rng.choice(["", f"<{tag}>&nbsp;</{tag}>", f"<{tag}></{tag}>", "<br>"])
    parts = [f"<{tag} class=MsoNormal align=center>{plain(text)}</{tag}>", empty]
    return "".join(rng.sample(parts, 2))


def _word(rng: Random, text: str) -> str:
    if not text.strip():
        return "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
    return (
        "<p class=MsoNormal align=center style='text-align:center;mso-element:frame'><span lang=EN-US"
        f" style='font-size:10.5pt;font-family:宋体;mso-hansi-font-family:\"Times New Roman\"'>{plain(text)}"
        "<o:p></o:p></span></p>"
    )


INK_HARMLESS: dict[str, Ink] = {
    "spans": _spans,
    "comments": _comment,
    "empty elements": _empty_elements,
    "padding": _padding,
    "entities": _entities,
    "hidden text": _hidden,
    "blocks": _blocks,
    "word": _word,
}


def _apart(rng: Random, text: str) -> str:
    """Digits with a line's end, a space or a block between them."""
    left, right = _cut(rng, text)
    between = rng.choice(
        ["<br>", "</p><p>", " ", "&nbsp;", "<div></div>", "</div><div>", "\n", "<hr>"]
    )
    return f"<p>{left}{between}{right}"


def _raised(rng: Random, text: str) -> str:
    """A footnote's mark beside the number."""
    mark = rng.choice(
        [
            "<sup>1</sup>",
            "<sub>1</sub>",
            '<span style="vertical-align:super">1</span>',
            '<span style="vertical-align: text-top;font-size:6pt">1</span>',
            "<span style='position:relative;top:-6.0pt;mso-text-raise:6.0pt'>1</span>",
            '<a href="#_ftn1" name="_ftnref1"><span class="MsoFootnoteReference">[1]</span></a>',
            '<a href="#_ftn1"><span class="MsoFootnoteReference">1</span></a>',
            '<span style="font-size:0.6em;vertical-align:60%">2</span>',
            "<sup><span>①</span></sup>",
            "*",
            "①",
            "²",
        ]
    )
    return f"{plain(text)}{mark}" if rng.random() < 0.8 else f"{mark}{plain(text)}"


def _struck(rng: Random, text: str) -> str:
    """An older number beside it, struck out."""
    old = rng.choice(
        [
            "<s>7</s>",
            "<strike>7</strike>",
            "<del>7</del>",
            '<span style="text-decoration:line-through">7</span>',
            '<span style="TEXT-DECORATION: underline line-through">7</span>',
            '<span class="msoDel"><del cite="mailto:a">7</del></span>',
        ]
    )
    return f"{old}{plain(text)}" if rng.random() < 0.5 else f"{plain(text)}{old}"


def _hidden_otherwise(rng: Random, text: str) -> str:
    """A digit that cannot be seen, for a reason that stands in a style sheet or in a size."""
    style = rng.choice(
        [
            'class="hide"',
            'style="font-size:0"',
            'style="font-size:0px;line-height:0"',
            'style="opacity:0"',
            'style="position:absolute;left:-9999px"',
            'style="color:transparent"',
            'style="visibility:collapse"',
        ]
    )
    left, right = _cut(rng, text)
    return f"{left}<span {style}>7</span>{right}"


def _ruby(rng: Random, text: str) -> str:
    return f"<ruby>{plain(text)}<rt>1</rt></ruby>"


def _replaced(rng: Random, text: str) -> str:
    """The number is a picture, or stands in a field of a form: text that is none."""
    return rng.choice(
        [
            '<img src="n.gif">',
            f'<img src="n.gif" alt="{escape(text)}">',
            f'<input type="text" value="{escape(text)}">',
            f"<textarea>{escape(text)}</textarea>",
            f"<select><option>7</option><option selected>{escape(text)}</option></select>",
            "<object><embed></object>",
            '<canvas width="10"></canvas>',
            f'<svg><text x="1" y="1">{escape(text)}</text></svg>',
            f"<button>{escape(text)}</button>",
            '<v:shape><v:imagedata src="n.png"></v:imagedata></v:shape>',
        ]
    )


def _nested(rng: Random, text: str) -> str:
    return f"<table><tr><td>{plain(text)}</td></tr></table>"


def _list(rng: Random, text: str) -> str:
    return f"<ol><li>{plain(text)}</li></ol>"


INK_HARMFUL: dict[str, Ink] = {
    "digits apart": _apart,
    "footnote mark": _raised,
    "struck out": _struck,
    "hidden otherwise": _hidden_otherwise,
    "ruby": _ruby,
    "replaced": _replaced,
    "nested table": _nested,
    "list item": _list,
}
