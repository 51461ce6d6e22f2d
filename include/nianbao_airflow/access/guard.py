"""Whether a user may read the expectation reports; Airflow itself does not ask for plugins' pages."""

from typing import Annotated, Any, Final

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.core_api.security import get_user
from fastapi import Depends, HTTPException

from nianbao_airflow.access.roles import REPORTS

REFUSED: Final = (
    "Your role does not include the expectation reports; nianbao_reviewer and nianbao_operator do. "
    "您的角色无权查看校验报告，请联系管理员。"
)


def may_read_reports(user: Annotated[Any, Depends(get_user)]) -> None:
    """Let a user pass who is logged in and whose role includes the reports, else answer 403."""
    manager = get_auth_manager()
    if not manager.is_authorized_custom_view(method="GET", resource_name=REPORTS, user=user):
        raise HTTPException(403, REFUSED)
