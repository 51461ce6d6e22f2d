"""统一社会信用代码 (GB 32100-2015): 17 characters and one that checks them."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18


def check_character(body: str) -> str:
    """Return the 18th character of a code from the first 17: weights 3^i modulo 31.

    Raises `ValueError` where a character is none of the alphabet's 31 (there is no I, O, S, V, Z).
    """
    total = sum(_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return _ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    """Tell whether a code is well formed and its last character checks the others."""
    return (
        len(code) == _LENGTH
        and set(code) <= set(_ALPHABET)
        and code[-1] == check_character(code[:-1])
    )
