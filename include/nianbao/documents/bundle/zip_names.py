"""The names of a zip's members as their writers meant them."""

import zipfile

_UTF8_FLAG = 0x800
_UNICODE_NAME = 0x7075


def name_of(info: zipfile.ZipInfo) -> str:
    """Return a member's name.

    Without the flag for UTF-8 the standard knows one encoding only, which `zipfile` applies;
    programs in Chinese Windows write GBK, others UTF-8.
    """
    unicode_name = _unicode_name(info.extra)
    if unicode_name or info.flag_bits & _UTF8_FLAG:
        return unicode_name or info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _unicode_name(extra: bytes) -> str:
    """Return the name from Info-ZIP's extra field for it; empty where there is none."""
    place, head = 0, 4
    while place + head <= len(extra):
        kind, size = (int.from_bytes(extra[place + at : place + at + 2], "little") for at in (0, 2))
        if kind == _UNICODE_NAME:
            # One byte of version and four of a checksum stand before the name.
            return extra[place + head + 5 : place + head + size].decode("utf-8", "ignore")
        place += head + size
    return ""
