"""What `make up` says about the login."""

from types import SimpleNamespace

import pytest

from nianbao_airflow.local.up import login_line


@pytest.mark.parametrize(
    ("stands", "end"),
    [(True, "user admin  password geheim"), (False, "with the password that you have set")],
)
def test_the_made_up_password_is_told_as_long_as_it_stands(stands, end):
    api = SimpleNamespace(base_url="http://127.0.0.1:8080")
    server = SimpleNamespace(api=api, password="geheim", password_stands=lambda: stands)
    assert login_line(server).startswith("http://127.0.0.1:8080  user admin")
    assert login_line(server).endswith(end)
