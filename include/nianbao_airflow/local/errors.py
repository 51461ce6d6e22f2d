"""What can go wrong around the runs, as opposed to in them."""

from nianbao.errors import NianbaoError


class RunnerError(NianbaoError):
    """Raised when the local Airflow cannot be started or used, from the local runner."""
