"""Articles whose text stands in a script alone: the page of Guangdong's disclosure platform.

`window._CONFIG = {"DETAIL": {"content": "<p>…"}}` is drawn by a script; without it, the page has a
title and nothing else.
"""

import json
import re

_CONTENT = re.compile(
    r"\b_CONFIG\s*=\s*\{.*?[\"']?\bDETAIL[\"']?\s*:\s*\{.*?[\"']?\bcontent[\"']?\s*:\s*"
    r"(\"(?:[^\"\\]|\\.)*\")",
    re.DOTALL,
)


def with_scripted_body(text: str) -> str:
    """Return a page with the article of its script in it; any other page as it is."""
    if "_CONFIG" not in text or "DETAIL" not in text:
        return text
    found = _CONTENT.search(text)
    try:
        content = str(json.loads(found[1], strict=False)) if found else ""
    except json.JSONDecodeError:
        return text
    if not content:
        return text
    article = f'<div class="article-content">{content}</div>'
    head, end, tail = text.rpartition("</body>")
    return f"{head}{article}{end}{tail}" if end else f"{text}{article}"
