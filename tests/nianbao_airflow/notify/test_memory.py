"""What was told lately is not told again."""

from datetime import UTC, datetime, timedelta

from nianbao_airflow.notify.memory import KEPT, decide, forget, remember

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)


def test_the_same_alert_is_held_back_and_counted():
    first = decide({}, "a", NOW, 6)
    second = decide(first.told, "a", NOW + timedelta(hours=1), 6)
    third = decide(second.told, "a", NOW + timedelta(hours=5), 6)
    again = decide(third.told, "a", NOW + timedelta(hours=6), 6)
    assert [one.tell for one in (first, second, third, again)] == [True, False, False, True]
    assert again.suppressed == 2


def test_another_alert_is_told():
    first = decide({}, "a", NOW, 6)
    assert decide(first.told, "b", NOW, 6).tell


def test_the_memory_stays_small():
    told = {}
    for number in range(KEPT + 50):
        told = decide(told, f"k{number}", NOW + timedelta(minutes=number), 6).told
    assert len(told) == KEPT
    assert f"k{KEPT + 49}" in told


def test_a_spoilt_memory_tells():
    texts = ["not json", '{"a": 1}', "[]", '{"a": {"at": "yesterday", "suppressed": 0}}']
    for text in texts:
        written = []
        assert remember(lambda text=text: text, written.append, "a", NOW, 6).tell
        assert "2026-01-05" in written[0]


def test_what_nobody_got_is_forgotten():
    told = [""]
    remember(lambda: told[-1], told.append, "a", NOW, 6)
    forget(lambda: told[-1], told.append, "a")
    assert remember(lambda: told[-1], told.append, "a", NOW, 6).tell
