"""Damage to marked-up text that leaves it marked up: HTML, XML, RTF."""

import re
from random import Random

_VALUES = (
    b"1000000000",
    b"-1",
    b"0",
    b"",
    b"x",
    b"65535",
    b"1048576",
    b"16384",
    b"XFD1048576",
    b"99999999999999999999",
)
_TAG = re.compile(rb"<[^<>]{1,400}>")
_WORD = re.compile(rb"\\[a-z]+(-?\d+)?")
_ELEMENT = re.compile(rb"<([\w:]+)[^<>]*>[^<>]*</\1>")
_VALUE = re.compile(rb"""=\s*("[^"<>]{0,60}"|'[^'<>]{0,60}'|[\w.%-]+)""")
_HTML = (
    b"<td rowspan=1000000000 colspan=1000000000>", b"<table>", b"</table>", b"<tr>", b"</td>",
    b"<td rowspan=0>",
    b"<script>", b"<style>", b"<!--", b"<![CDATA[", b"<svg><td>", b"<template>", b"<select>", b"<plaintext>",
    b"<textarea>", b"<title>", b"<frameset>", b"<math><mtext><table>", b"<p><table><tr><td><p>",
    b"<br>" * 3000,
    b"<div>" * 20_000, b"<table><tr><td>" * 3000, b"<b>" * 5000, b"<td>" * 20_000, b"<tr>" * 20_000,
    b"<td colspan=200 rowspan=60000>" * 50, b"<sup>" * 3000, b"&#0;", b"&#1114112;", b"&#xD800;",
    b"<meta charset=utf-7>", b"<span style='display:none'>" * 2000,
)  # fmt: skip
_ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 1000 + b'">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + i, b"&%c;" % (97 + i) * 40) for i in range(8))
    + b"]>"
)  # fmt: skip
_OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b SYSTEM "http://127.0.0.1:9/">]>'
_RTF = (
    b"\\cellx1000000000", b"\\cellx-1", b"\\trowd" * 3000, b"\\bin1000000000 ", b"\\u-99999?", b"\\u1114112?",
    b"\\'zz", b"{" * 5000, b"}" * 50, b"{\\*\\shppict ", b"\\cell" * 20_000, b"\\row" * 5000,
    b"\\intbl\\itap1000000000 ",
    b"\\clvmgf", b"\\clvmrg", b"\\clmgf", b"\\clmrg", b"\\ansicpg1000000", b"\\uc1000000000 ", b"\\nestcell",
    b"\\fonttbl",
    b"\\pict ", b"\\objdata ", b"\\line" * 9000, b"\\deff1000000000", b"\\listid-5 ", b"\\trgaph1000000000 ",
)  # fmt: skip


def html(rng: Random, data: bytes) -> bytes:
    """Drop, double, move and put in tags; change attribute values."""
    for _ in range(rng.choice([1, 2, 5, 20])):
        draw = rng.random()
        if draw < 0.3:
            data = _put_in(rng, data, rng.choice(_HTML))
        elif draw < 0.6:
            data = _tag_changed(rng, data)
        else:
            data = _value_changed(rng, data)
    return data


def xml(rng: Random, data: bytes) -> bytes:
    """Change values and tags, mostly so that the document stays well-formed; or put entities before it."""
    draw = rng.random()
    if draw < 0.05:
        return _with_entities(rng, data)
    if draw < 0.1:
        inner = b"<a>" * 30_000 + b"</a>" * 30_000
        return _put_in(rng, data, inner)
    for _ in range(rng.choice([1, 3, 12])):
        data = _value_changed(rng, data)
    if draw < 0.4:
        data = _element_doubled(rng, data)
    return _tag_changed(rng, data) if draw > 0.8 else data


def rtf(rng: Random, data: bytes) -> bytes:
    """Put control words in; change the numbers of others."""
    for _ in range(rng.choice([1, 2, 5, 20])):
        word = _somewhere(rng, _WORD, data)
        if rng.random() < 0.5 or not word:
            data = _put_in(rng, data, rng.choice(_RTF))
            continue
        new = rng.choice(
            [b"", word[0] * 30, re.sub(rb"-?\d+$", b"", word[0]) + rng.choice(_VALUES)]
        )
        data = data[: word.start()] + new + data[word.end() :]
    return data


def _somewhere(rng: Random, pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes] | None:
    """Return what fits next, from somewhere in the data or from its beginning.

    To look for all that fits and choose would take longer than to read the file.
    """
    return pattern.search(data, rng.randrange(len(data) + 1)) or pattern.search(data)


def _put_in(rng: Random, data: bytes, some: bytes) -> bytes:
    tag = _somewhere(rng, _TAG, data) if b"<" in data[:1000] else None
    at = tag.end() if tag else rng.randrange(len(data) + 1)
    return data[:at] + some + data[at:]


def _tag_changed(rng: Random, data: bytes) -> bytes:
    tag, other = _somewhere(rng, _TAG, data), _somewhere(rng, _TAG, data)
    if not tag or not other:
        return data
    new = rng.choice([b"", tag[0] * 2, tag[0] * 300, other[0], tag[0][:-1], b"<" + tag[0]])
    return data[: tag.start()] + new + data[tag.end() :]


def _value_changed(rng: Random, data: bytes) -> bytes:
    value = _somewhere(rng, _VALUE, data)
    if not value:
        return data
    return data[: value.start(1)] + b'"' + rng.choice(_VALUES) + b'"' + data[value.end(1) :]


def _element_doubled(rng: Random, data: bytes) -> bytes:
    """Repeat a stretch from one tag to the next of its kind."""
    one = _somewhere(rng, _ELEMENT, data)
    if not one:
        return data
    return data[: one.start()] + one[0] * rng.choice([2, 50, 1000]) + data[one.end() :]


def _with_entities(rng: Random, data: bytes) -> bytes:
    declared, used = rng.choice([(_ENTITIES, b"&i;"), (_OUTSIDE, b"&a;&b;")])
    start = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    return data[:start] + declared + _put_in(rng, data[start:], used)
