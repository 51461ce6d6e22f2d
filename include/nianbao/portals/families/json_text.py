"""JSON as list interfaces send it: bare, in a JSONP call, or inside a page's script."""

import json
import re
from typing import Any

from nianbao.errors import ReadError

_CALL = re.compile(r"^[\s;/*]*[\w.$]+\s*\((.*)\)\s*;?\s*$", re.DOTALL)


def json_of(text: str) -> dict[str, Any]:
    """Return the object of an answer, out of its JSONP call if it is in one.

    Raises `ReadError` (`no_list`) where it is no object: an error page, most often.
    """
    call = _CALL.match(text)
    try:
        # Some answers have line breaks inside their strings.
        value = json.loads(call[1] if call else text, strict=False)
    except json.JSONDecodeError as error:
        raise ReadError("no_list", f"the answer is no JSON ({error})") from error
    if not isinstance(value, dict):
        raise ReadError("no_list", "the answer is no JSON object")
    return value


def object_after(text: str, name: str) -> dict[str, Any]:
    """Return the object literal that a script assigns to a name; an empty one where none is.

    Keys without quotes, single quotes and a comma before the end are taken as scripts have them.
    """
    found = re.search(rf"\b{re.escape(name)}\s*=\s*(?=\{{)", text)
    literal = _balanced(text, found.end()) if found else "{}"
    for candidate in (literal, _as_json(literal)):
        try:
            value = json.loads(candidate)
        except json.JSONDecodeError:
            continue
        return value if isinstance(value, dict) else {}
    return {}


def _balanced(text: str, start: int) -> str:
    """Return an object literal from its opening brace to the one that closes it."""
    depth, quote, index = 0, "", start
    while index < len(text):
        sign = text[index]
        if quote:
            if sign == "\\":
                index += 1
            elif sign == quote:
                quote = ""
        elif sign in "\"'":
            quote = sign
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
            if depth == 0:
                return text[start : index + 1]
        index += 1
    return "{}"


def _as_json(literal: str) -> str:
    pieces = re.split(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", literal)
    return "".join(
        _quoted(piece) if place % 2 else _keys(piece) for place, piece in enumerate(pieces)
    )


def _quoted(piece: str) -> str:
    if piece.startswith('"'):
        return piece
    return json.dumps(piece[1:-1].replace("\\'", "'").replace('\\"', '"'), ensure_ascii=False)


def _keys(piece: str) -> str:
    piece = re.sub(r"([{,]\s*)([A-Za-z_$][\w$]*)(?=\s*:)", r'\1"\2"', piece)
    return re.sub(r",(\s*[}\]])", r"\1", piece)
