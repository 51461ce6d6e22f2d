"""What Airflow itself must see of the project; the pages are in `nianbao_airflow.pages`."""

from airflow.sdk.plugins_manager import AirflowPlugin

from nianbao_airflow.pages import MOUNT, VIEW


class NianbaoPlugin(AirflowPlugin):
    """The expectation reports in Airflow's menu, behind its login."""

    name = "nianbao"
    fastapi_apps = [MOUNT]  # noqa: RUF012 - Airflow declares them so
    external_views = [VIEW]  # noqa: RUF012
