"""Characters that only look like Chinese ones, put back; digits and everything else stay as printed.

Fonts often map a glyph to a radical of the same shape: ⾃ for 自, ⻓ for 长. Compatibility forms outside
these ranges are left alone, since they would turn `5²` or `5①` into other numbers.
"""

import re
import unicodedata

_FOLDED = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICALS = (
    "⺁厂⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺒巳⺓幺⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫"
    "⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺲罒⺳网⺶羊⺷羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀"
    "⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠"
    "⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""The radicals that Unicode's compatibility forms leave alone, each before its ideograph."""

_UNIFIED = dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))


def fold(char: str) -> str:
    """Return a character with a radical or compatibility ideograph replaced by the plain one."""
    if not _FOLDED.fullmatch(char):
        return char
    return _UNIFIED.get(char) or unicodedata.normalize("NFKC", char)
