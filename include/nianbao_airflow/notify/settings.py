"""To whom alerts go, from the environment as `NIANBAO_NOTIFY_…`; the values are secrets."""

from typing import Final

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

AUDIENCES: Final = ("operators", "reviewers")
"""The groups of people that `alerts.yaml` writes to."""


class NotifySettings(BaseSettings):
    """Addresses per audience, separated by spaces or lines; `addresses.parse` says how they look."""

    model_config = SettingsConfigDict(env_prefix="NIANBAO_NOTIFY_", frozen=True)

    operators: SecretStr = SecretStr("")
    """Who mends what breaks 运维."""
    reviewers: SecretStr = SecretStr("")
    """Who judges what the checks found 审核."""
    repeat_hours: float | None = Field(default=None, ge=0)
    """The same alert not again within so many hours, whatever `alerts.yaml` says of it."""
    timeout: float = Field(default=5.0, gt=0, le=60)
    """Seconds in which a service must take a connection, and again in which it must answer."""
    smtp_connection: str = "smtp_default"
    """The Airflow Connection that says through which mail server e-mail goes."""

    def addresses(self, audience: str) -> list[str]:
        """Return the addresses of an audience, as they were written."""
        return list(getattr(self, audience).get_secret_value().split())
