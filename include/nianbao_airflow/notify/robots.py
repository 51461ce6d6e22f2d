"""The bodies that the services want, and their signatures; pure, from what the services publish.

The limits are the services': of the markdown text at WeCom (https://developer.work.weixin.qq.com,
"群机器人配置说明"), of the whole body at DingTalk (https://open.dingtalk.com, "自定义机器人接入") and
Feishu (https://open.feishu.cn, "自定义机器人使用指南").
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_plus

from nianbao_airflow.notify.addresses import Address
from nianbao_airflow.notify.message import Message, fit

WECOM_LIMIT: Final = 4096
DINGTALK_LIMIT: Final = 20_000
FEISHU_LIMIT: Final = 20 * 1024
"""Its documentation says 20 KB of custom robots, and 30 KB of applications."""
JSON_LIMIT: Final = 100_000

_WECOM_COLOURS: Final = {"error": "warning", "warning": "warning", "info": "info"}
_FEISHU_COLOURS: Final = {"error": "red", "warning": "orange", "info": "green"}


@dataclass(frozen=True, slots=True)
class Post:
    """One HTTP request: where, what, and the headers beside the type."""

    url: str = field(repr=False)
    body: bytes
    headers: dict[str, str]
    has_code: bool = True
    """Whether the answer's body says by a code if the message was taken."""


def post_of(address: Address, message: Message, now: float) -> Post:
    """Return the request that brings a message to a robot; `now` is Unix time, for signatures."""
    match address.service:
        case "wecom":
            return Post(address.url, _wecom(message), {})
        case "dingtalk":
            return Post(_dingtalk_url(address, now), _dingtalk(message), {})
        case "feishu":
            return Post(address.url, _feishu(address, message, now), {})
        case _:
            body = fit(message, JSON_LIMIT, _plain)
            headers = _signed(address.secret, body, now)
            return Post(address.url, body, headers, has_code=False)


def _wecom(message: Message) -> bytes:
    def text(one: Message) -> bytes:
        colour = _WECOM_COLOURS[one.level]
        return _markdown(one, f'<font color="{colour}">{one.title}</font>', "\n").encode()

    content = fit(message, WECOM_LIMIT, text).decode()
    return _dump({"msgtype": "markdown", "markdown": {"content": content}})


def _dingtalk(message: Message) -> bytes:
    def form(one: Message) -> bytes:
        # Its markdown joins lines that no blank line parts.
        text = _markdown(one, one.title, "\n\n")
        return _dump({"msgtype": "markdown", "markdown": {"title": one.title, "text": text}})

    return fit(message, DINGTALK_LIMIT, form)


def _dingtalk_url(address: Address, now: float) -> str:
    """Sign as DingTalk wants it: milliseconds, a line break and the secret, keyed by the secret."""
    if not address.secret:
        return address.url
    stamp = str(round(now * 1000))
    sign = _hmac(address.secret, f"{stamp}\n{address.secret}")
    joint = "&" if "?" in address.url else "?"
    return f"{address.url}{joint}timestamp={stamp}&sign={quote_plus(sign)}"


def _feishu(address: Address, message: Message, now: float) -> bytes:
    """Sign as Feishu wants it: seconds, a line break and the secret are the key of an empty text."""
    signed = {}
    if address.secret:
        stamp = str(int(now))
        signed = {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{address.secret}", "")}

    def form(one: Message) -> bytes:
        title = {"tag": "plain_text", "content": one.title}
        return _dump(
            {
                **signed,
                "msg_type": "interactive",
                "card": {
                    "header": {"title": title, "template": _FEISHU_COLOURS[one.level]},
                    "elements": [{"tag": "markdown", "content": "\n".join(_body(one))}],
                },
            }
        )

    return fit(message, FEISHU_LIMIT, form)


def _plain(message: Message) -> bytes:
    links = [{"text": text, "url": url} for text, url in message.links]
    return _dump(
        {
            "source": "nianbao",
            "kind": message.kind,
            "level": message.level,
            "title": message.title,
            "lines": list(message.lines),
            "links": links,
            "at": message.at,
        }
    )


def _signed(secret: str, body: bytes, now: float) -> dict[str, str]:
    """Sign time and body, so that the receiver can tell a message of ours, and an old one."""
    if not secret:
        return {}
    stamp = str(int(now))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Nianbao-Timestamp": stamp, "X-Nianbao-Signature": f"sha256={digest}"}


def _markdown(message: Message, title: str, joint: str) -> str:
    return joint.join([f"### {title}", *_body(message)])


def _body(message: Message) -> list[str]:
    links = [f"[{text}]({url})" for text, url in message.links]
    return [*message.lines, *links, message.at]


def _hmac(key: str, text: str) -> str:
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _dump(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
