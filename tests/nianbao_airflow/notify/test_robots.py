"""The bodies and signatures, as the services print them in their documentation."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from nianbao.errors import ConfigurationError
from nianbao_airflow.notify.addresses import parse
from nianbao_airflow.notify.robots import (
    DINGTALK_LIMIT,
    FEISHU_LIMIT,
    JSON_LIMIT,
    post_of,
)
from nianbao_airflow.notify.settings import NotifySettings

NOW = 1_700_000_000.0
LONG_LINES = tuple(f"- 第 {number} 个门户：{'很长的说明' * 12}" for number in range(2000))


def test_wecom(message):
    post = post_of(
        parse("wecom+https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K"), message, NOW
    )
    assert post.url == "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K"
    content = (
        '### <font color="warning">标题</font>\n一\n二\n'
        "[查看运行](http://a.example/r)\n2026-01-05 11:00（北京时间）"
    )
    assert json.loads(post.body) == {"msgtype": "markdown", "markdown": {"content": content}}


def test_dingtalk_with_its_signature(message):
    address = parse("dingtalk+https://oapi.dingtalk.com/robot/send?access_token=T#SECabc")
    post = post_of(address, message, NOW)
    # openssl dgst -sha256 -hmac SECabc over "1700000000000\nSECabc"
    sign = "jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM%3D"
    assert post.url == (
        f"https://oapi.dingtalk.com/robot/send?access_token=T&timestamp=1700000000000&sign={sign}"
    )
    text = "### 标题\n\n一\n\n二\n\n[查看运行](http://a.example/r)\n\n2026-01-05 11:00（北京时间）"
    markdown = {"title": "标题", "text": text}
    assert json.loads(post.body) == {"msgtype": "markdown", "markdown": markdown}


def test_feishu_with_its_signature(message):
    address = parse("feishu+https://open.feishu.cn/open-apis/bot/v2/hook/H#SECabc")
    post = post_of(address, message, NOW)
    assert post.url == "https://open.feishu.cn/open-apis/bot/v2/hook/H"
    content = "一\n二\n[查看运行](http://a.example/r)\n2026-01-05 11:00（北京时间）"
    assert json.loads(post.body) == {
        "timestamp": "1700000000",
        # openssl dgst -sha256 over nothing, with the key "1700000000\nSECabc"
        "sign": "XprR1de+0SSBnwWyU/4k6x2TL+Q2SJlM5NNEdAv7MWg=",
        "msg_type": "interactive",
        "card": {
            "header": {"title": {"tag": "plain_text", "content": "标题"}, "template": "orange"},
            "elements": [{"tag": "markdown", "content": content}],
        },
    }


def test_plain_json_with_its_signature(message):
    post = post_of(parse("json+https://hooks.example/n#key"), message, NOW)
    assert json.loads(post.body) == {
        "source": "nianbao",
        "kind": "health",
        "level": "warning",
        "title": "标题",
        "lines": ["一", "二"],
        "links": [{"text": "查看运行", "url": "http://a.example/r"}],
        "at": "2026-01-05 11:00（北京时间）",
    }
    signed = hmac.new(b"key", b"1700000000." + post.body, hashlib.sha256).hexdigest()
    assert post.headers == {
        "X-Nianbao-Timestamp": "1700000000",
        "X-Nianbao-Signature": f"sha256={signed}",
    }


@pytest.mark.parametrize("service", ["dingtalk", "feishu", "wecom"])
def test_a_robot_without_a_secret_gets_no_signature(message, service):
    post = post_of(parse(f"{service}+https://host.example/x"), message, NOW)
    assert post.url == "https://host.example/x"
    assert not json.loads(post.body).keys() & {"sign", "timestamp"}


@pytest.mark.parametrize(
    ("service", "limit"),
    [("dingtalk", DINGTALK_LIMIT), ("feishu", FEISHU_LIMIT), ("json", JSON_LIMIT)],
)
def test_a_long_message_is_cut_to_the_limit_and_says_so(message, service, limit):
    post = post_of(parse(f"{service}+https://h.example/x"), replace(message, lines=LONG_LINES), NOW)
    assert limit * 0.9 < len(post.body) <= limit
    kept = post.body.decode().count("- 第 ")
    assert f"另有 {len(LONG_LINES) - kept} 行未列出" in post.body.decode()
    assert "http://a.example/r" in post.body.decode()


def test_the_limit_of_wecom_is_on_the_text(message):
    post = post_of(parse("wecom+https://h.example/x"), replace(message, lines=LONG_LINES), NOW)
    content = json.loads(post.body)["markdown"]["content"]
    assert 3500 < len(content.encode()) <= 4096
    assert "http://a.example/r" in content


@pytest.mark.parametrize(
    "line",
    [
        "https://h.example/?key=SECRETSECRET",
        "slack+https://h/SECRETSECRET",
        "wecom+https:SECRETSECRET",
    ],
)
def test_an_address_that_is_none_is_refused_without_being_shown(line):
    with pytest.raises(ConfigurationError) as caught:
        parse(line)
    assert "SECRET" not in str(caught.value)


def test_secrets_are_not_printed():
    address = parse("dingtalk+https://oapi.dingtalk.com/robot/send?access_token=TOKEN#SECabc")
    settings = NotifySettings(operators="dingtalk+https://h.example/?access_token=TOKEN")
    for printed in (repr(address), str(address), repr(settings)):
        assert "TOKEN" not in printed
        assert "SECabc" not in printed
