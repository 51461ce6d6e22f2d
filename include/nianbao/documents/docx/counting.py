"""Counting formats of automatic numbering (ECMA-376 part 1, §17.18.59, ST_NumberFormat).

A format that is not known counts in plain digits: a label's ordinal is only ever a help.
"""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_TEN, _HUNDRED, _MYRIAD = 10, 100, 10_000
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def count(number: int, style: str) -> str:
    """Return a counter as Word prints it under a `w:numFmt` value; nothing for `none`."""
    counted = _STYLES.get(style, str)(number) if number >= 0 else ""
    return counted or ("" if style in _SILENT else str(number))


def _thousands(
    digits: str, units: str = "十百千万", *, bare_ten: bool = True
) -> Callable[[int], str]:
    """Count with units: 十二, 一百零一, 一千零二十, 一万."""

    def counted(number: int) -> str:
        if number == 0:
            return digits[0] if digits[0] != "〇" else "零"
        high, low = divmod(number, _MYRIAD)
        text = counted(high) + units[3] if high else ""
        text += _below_myriad(low, digits, units, gap=bool(high))
        one_ten = digits[1] + units[0]
        return text[1:] if bare_ten and text.startswith(one_ten) else text

    return counted


def _below_myriad(number: int, digits: str, units: str, *, gap: bool) -> str:
    zero = "零" if digits[0] == "〇" else digits[0]
    text, pending = "", gap and 0 < number < _MYRIAD // _TEN
    for place in (3, 2, 1, 0):
        digit = number // _TEN**place % _TEN
        if digit:
            text += (zero if pending else "") + digits[digit] + (units[place - 1] if place else "")
        pending = digit == 0 and (bool(text) or pending)
    return text


def _chinese_counting(number: int) -> str:
    """Count 一 to 九十九 with tens, beyond that digit by digit, as `chineseCounting` does."""
    return _thousands(_DIGITS)(number) if number < _HUNDRED else _digital("○" + _DIGITS[1:])(number)


def _japanese(number: int) -> str:
    """Count 十, 百, 百一: no one before a unit, no zero for a gap."""
    text = _thousands(_DIGITS)(number) if number else _DIGITS[0]
    for unit in "十百千":
        text = text.replace(f"一{unit}", unit)
    return text.replace("零", "")


def _digital(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _of_list(signs: str) -> Callable[[int], str]:
    """Count through a list of signs; beyond its end in plain digits."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _letters(first: str) -> Callable[[int], str]:
    """Count a … z, aa, bb …: the letter is repeated, as Word does."""

    def counted(number: int) -> str:
        rounds, place = divmod(number - 1, 26)
        return chr(ord(first) + place) * min(rounds + 1, _TEN)

    return counted


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN if number < _MYRIAD else ():
        text += sign * (number // value)
        number %= value
    return text


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % len(_STEMS)] + _BRANCHES[(number - 1) % len(_BRANCHES)]


def _block(first: int, size: int) -> str:
    return "".join(chr(first + place) for place in range(size))


_SILENT = frozenset(["none", "bullet"])
_STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "numberInDash": lambda number: f"- {number} -",
    "decimalFullWidth": _digital("０１２３４５６７８９"),
    "decimalFullWidth2": _digital("０１２３４５６７８９"),
    "decimalEnclosedCircle": _of_list(_block(0x2460, 20)),
    "decimalEnclosedCircleChinese": _of_list(_block(0x2460, 10)),
    "decimalEnclosedParen": _of_list(_block(0x2474, 20)),
    "decimalEnclosedFullstop": _of_list(_block(0x2488, 20)),
    "ideographEnclosedCircle": _of_list(_block(0x3220, 10)),
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": _thousands(_DIGITS),
    "chineseLegalSimplified": _thousands(_LEGAL_SIMPLIFIED, "拾佰仟万", bare_ten=False),
    "ideographLegalTraditional": _thousands(_LEGAL_TRADITIONAL, "拾佰仟萬", bare_ten=False),
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": _thousands(_DIGITS, "十百千萬"),
    "taiwaneseDigital": _digital("○" + _DIGITS[1:]),
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _digital(_DIGITS),
    "ideographDigital": _digital(_DIGITS),
    "ideographTraditional": _of_list(_STEMS),
    "ideographZodiac": _of_list(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
}
