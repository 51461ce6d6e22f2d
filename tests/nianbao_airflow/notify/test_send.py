"""Sending, with real servers on loopback."""

import logging
import socket
from dataclasses import replace
from email import message_from_bytes

import pytest

from nianbao_airflow.notify.addresses import parse
from nianbao_airflow.notify.send import addresses_of, send
from nianbao_airflow.notify.settings import NotifySettings

KEY = "0123456789abcdef-key"


@pytest.fixture
def settings():
    return NotifySettings(timeout=2)


def test_a_robot_gets_the_message(message, robot, settings):
    address = parse(f"wecom+{robot.url}/send?key={KEY}")
    assert send(message, [address], settings) == 1
    [(path, body, headers)] = robot.asked
    assert path == f"/send?key={KEY}"
    assert body["markdown"]["content"].startswith('### <font color="warning">标题')
    assert headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("answer", "times", "reason"),
    [
        ((503, {}), 3, "HTTP 503"),
        ((429, {}), 3, "HTTP 429"),
        ((200, {"errcode": 45009, "errmsg": "api freq out of limit"}), 3, "code 45009"),
        ((200, {"errcode": 310000, "errmsg": "sign not match"}), 1, "sign not match"),
        ((200, {"code": 19021, "msg": "sign match fail"}), 1, "code 19021"),
        ((404, {}), 1, "HTTP 404"),
        ((302, {}), 1, "HTTP 302"),
    ],
)
def test_a_refusal_is_logged_and_only_a_busy_service_asked_again(
    message, robot, settings, impatient, caplog, answer, times, reason
):
    robot.answers = [answer]
    assert send(message, [parse(f"dingtalk+{robot.url}/send?access_token={KEY}")], settings) == 0
    assert len(robot.asked) == times
    assert reason in caplog.text


def test_a_service_that_recovers_gets_it_once(message, robot, settings, impatient):
    robot.answers = [(500, {}), (200, {"code": 0})]
    assert send(message, [parse(f"feishu+{robot.url}/hook/{KEY}")], settings) == 1
    assert len(robot.asked) == 2


def test_a_plain_webhook_may_answer_what_it_likes(message, robot, settings):
    robot.answers = [(200, {"code": 200})]
    assert send(message, [parse(f"json+{robot.url}/hook")], settings) == 1


def test_a_dead_robot_holds_up_no_other_and_no_secret_is_logged(
    message, robot, settings, impatient, caplog
):
    caplog.set_level(logging.INFO)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    dead = parse(f"wecom+http://127.0.0.1:{port}/send?key={KEY}")
    assert send(message, [dead, parse(f"json+{robot.url}/hook#{KEY}")], settings) == 1
    assert "not sent to wecom 127.0.0.1: ConnectionError" in caplog.text
    assert KEY not in caplog.text


def test_a_robot_that_never_answers_is_given_up(message, settings, impatient, caplog):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"json+http://127.0.0.1:{silent.getsockname()[1]}/hook"
        assert send(message, [parse(url)], NotifySettings(timeout=0.05)) == 0
    assert "ReadTimeout" in caplog.text


def test_mail(message, mails, settings, monkeypatch):
    port, taken = mails
    connection = (
        f"smtp://127.0.0.1:{port}?disable_ssl=true&disable_tls=true&from_email=n%40example.cn"
    )
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", connection)
    hostile = "{{ 7 * 7 }}<script>"
    message = replace(message, lines=(hostile,))
    assert send(message, [parse("mailto:a@example.cn,b@example.cn")], settings) == 1
    [(sender, people, text)] = taken
    assert "n@example.cn" in sender
    assert people == ["a@example.cn", "b@example.cn"]
    page = _page(text)
    assert "{{ 7 * 7 }}&lt;script&gt;" in page
    assert 'href="http://a.example/r"' in page


def test_a_dead_mail_server_is_logged(message, settings, monkeypatch, caplog):
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", "smtp://u:geheim@127.0.0.1:1?disable_ssl=true")
    assert send(message, [parse("mailto:a@example.cn")], settings) == 0
    assert "not sent to mailto a@example.cn" in caplog.text
    assert "geheim" not in caplog.text


def test_a_connection_of_airflow_holds_an_address(monkeypatch):
    monkeypatch.setenv(
        "AIRFLOW_CONN_ROBOT", '{"conn_type": "generic", "password": "json+http://h/x"}'
    )
    [address] = addresses_of(["operators"], NotifySettings(operators="connection:robot"))
    assert address == parse("json+http://h/x")


def test_a_place_named_twice_gets_one_message_and_a_wrong_one_is_left_out(caplog):
    settings = NotifySettings(operators="json+http://h/x what", reviewers="json+http://h/x")
    assert addresses_of(["operators", "reviewers"], settings) == [parse("json+http://h/x")]
    assert "address 2 is left out" in caplog.text


def _page(text):
    [part] = [
        part for part in message_from_bytes(text).walk() if part.get_content_type() == "text/html"
    ]
    return part.get_payload(decode=True).decode()
