"""Sending the metrics: a decorator for the steps. Nothing here raises into a task."""

import functools
import logging
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from nianbao_airflow.metrics.declared import Metric, metrics, values

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


def measured(function: Callable[P, R]) -> Callable[P, R]:
    """Send a step's metrics after each call; its name is the function's."""
    step = function.__name__

    @functools.wraps(function)
    def run(*arguments: P.args, **named: P.kwargs) -> R:
        started = time.monotonic()
        try:
            result = function(*arguments, **named)
        except Exception as error:
            failed = {} if _is_skip(error) else {"failures": {step: 1}}
            emit(step, {**failed, "seconds": {step: time.monotonic() - started}})
            raise
        facts = result if isinstance(result, Mapping) else {}
        emit(step, {**facts, "seconds": {step: time.monotonic() - started}})
        return result

    return run


def emit(step: str, facts: Mapping[str, Any]) -> None:
    """Send what `metrics.yaml` declares for a step, as far as the facts have it."""
    try:
        for metric, name, value in values(step, {**facts, "standing": _standing(step)}):
            _send(metric, name, value)
    except Exception as error:  # noqa: BLE001 - a number less must not fail a task
        log.warning("metrics of %s not sent: %s", step, error)


def _send(metric: Metric, name: str, value: float) -> None:
    from airflow.sdk.observability import stats

    match metric.type:
        case "counter":
            if value:
                stats.incr(name, int(value))
        case "gauge":
            stats.gauge(name, value)
        case "timer":
            stats.timing(name, timedelta(seconds=value))


def _standing(step: str) -> Mapping[str, Any]:
    """Return the figures of what is published, where a metric of the step asks for them."""
    wanted = {
        metric.value.removeprefix("standing.")
        for metric in metrics()
        if step in metric.steps and metric.value.startswith("standing.")
    }
    if not wanted:
        return {}
    from nianbao.pipeline.published import published
    from nianbao.settings import Settings

    return published(Settings(), with_checks="checks_failed" in wanted)


def _is_skip(error: Exception) -> bool:
    return type(error).__name__ == "AirflowSkipException"
