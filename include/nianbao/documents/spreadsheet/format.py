"""A number of a spreadsheet as its cell shows it (number format codes, ECMA-376 part 1, §18.8.31).

A code that isn't understood gives the number with the code behind it, which is no number to any
reader of values: what the sheet shows is then not known.
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: "h:mm AM/PM",
    35: "h:mm:ss AM/PM", 36: 'yyyy"年"m"月"', 37: "#,##0 ;-#,##0", 38: "#,##0 ;-#,##0",
    39: "#,##0.00 ;-#,##0.00", 40: "#,##0.00 ;-#,##0.00", 41: '#,##0 ;-#,##0 ;"-" ;@',
    42: '#,##0 ;-#,##0 ;"-" ;@', 43: '#,##0.00 ;-#,##0.00 ;"-" ;@',
    44: '#,##0.00 ;-#,##0.00 ;"-" ;@', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: "h:mm AM/PM", 56: "h:mm:ss AM/PM", 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
"""The codes that files give by number only, in the Chinese locale."""

_TOKEN = re.compile(
    r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]|[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+|[yYmMdDhHsSeE]+|.',
    re.DOTALL,
)
_CORE = re.compile(r"^(?:[#0?][#0?,]*)?(?:\.[#0?]*)?$")
_DATE = re.compile(r"^[ymdhs]+$", re.IGNORECASE)
_HARMLESS = re.compile(
    r"^\[(?:\$[^\]]*|[a-z]{3,7}|[\u4e00-\u9fff]{1,3}|颜色\d*|color ?\d*)\]$", re.IGNORECASE
)
_PERCENT = ("%", "\uff05")
_PLAIN_SIGNS = frozenset(" -+()（）:：/￥¥$,，。、").union(_PERCENT)
_GENERAL = frozenset(["", "general", "g/通用格式", "常规", "@"])
_MOST_DIGITS = 11


def display(value: float, code: str, *, since_1904: bool = False) -> str:
    """Return what a cell with this number and this format code shows."""
    if code.lower() in _GENERAL:
        return general(value)
    tokens = [token.group() for token in _TOKEN.finditer(_section(code, value))]
    if not tokens:
        return ""
    if any(token.lower() in _GENERAL for token in tokens):
        shown = None
    elif any(_DATE.match(token) for token in tokens):
        shown = _date(value, tokens, since_1904=since_1904)
    else:
        shown = _number(value, tokens, signed=len(_sections(code)) == 1)
    return shown if shown is not None else f"{general(value)} [{code}]"


def general(value: float) -> str:
    """Return a number as a cell without a format shows it: at most eleven signs."""
    if value == int(value) and abs(value) < 10**_MOST_DIGITS:
        return str(int(value))
    text = f"{value:.{_MOST_DIGITS - 1}g}"
    return f"{Decimal(text):f}" if abs(value) < 10**_MOST_DIGITS and abs(value) > 1e-6 else text


def _sections(code: str) -> list[str]:
    """Return the sections for positive, negative, zero and text."""
    sections = [""]
    for token in _TOKEN.finditer(code):
        if token.group() == ";":
            sections.append("")
        else:
            sections[-1] += token.group()
    return sections


def _section(code: str, value: float) -> str:
    sections = _sections(code)
    if value < 0 and len(sections) > 1:
        return sections[1]
    numeric = 3
    return sections[2] if value == 0 and len(sections) >= numeric else sections[0]


def _number(value: float, tokens: list[str], *, signed: bool) -> str | None:
    """Return the number in its literals; `None` where a token isn't understood."""
    percent = sum(tokens.count(sign) for sign in _PERCENT)
    exact = abs(Decimal(repr(value))) * 100**percent
    cores = [token for token in tokens if _CORE.match(token)]
    # A number behind words alone (`"无"`) is neither the words nor shown; a stroke for zero is.
    if len(cores) > 1 or (not cores and exact):
        return None
    shown, zero = "", True
    for token in tokens:
        if token in cores:
            text = _digits(exact, token)
            if text is None:
                return None
            zero = not text.strip("0.,")
            shown += text
        else:
            literal = _literal(token)
            if literal is None:
                return None
            shown += literal
    return f"-{shown}" if signed and value < 0 and not zero else shown


def _digits(exact: Decimal, core: str) -> str | None:
    """Return the digits under a pattern such as `#,##0.0?`; a comma at its end would scale."""
    whole, _, decimals = core.partition(".")
    if whole.endswith(",") or exact.adjusted() > _MOST_DIGITS + 3:
        return None
    places = Decimal(1).scaleb(-len(decimals))
    rounded = exact.quantize(places, rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    before, point, after = text.partition(".")
    least = len(decimals.rstrip("#?"))
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    before = "" if before == "0" and "0" not in whole else before
    return before.rjust(whole.count("0"), "0") + (f".{after}" if after else point)


def _literal(token: str) -> str | None:
    if token[0] == '"':
        return token[1:-1]
    if token[0] in "\\!":
        return token[1:]
    if token[0] in "_*":
        return " " if token[0] == "_" else ""
    if token[0] == "[":
        currency = token[2:-1].partition("-")[0] if token.startswith("[$") else ""
        return currency if _HARMLESS.match(token) and not token.upper().startswith("[DB") else None
    plain = token in _PLAIN_SIGNS or (not token.isascii() and not token.isdigit())
    return token if plain else None


def _date(value: float, tokens: list[str], *, since_1904: bool) -> str | None:
    """Return a date in the parts that the code names; times of day are left as they come."""
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 — a date on paper
    try:
        day = first + timedelta(seconds=round(value * 86_400))
    except (OverflowError, ValueError):
        return None
    parts = {
        "yyyy": f"{day.year:04d}", "yy": f"{day.year % 100:02d}", "m": str(day.month),
        "mm": f"{day.month:02d}", "d": str(day.day), "dd": f"{day.day:02d}",
    }  # fmt: skip
    shown = ""
    for token in tokens:
        text = parts.get(token.lower()) if _DATE.match(token) else _literal(token)
        if text is None:
            return day.isoformat(" ")
        shown += text
    return shown
