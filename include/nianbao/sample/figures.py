"""Random figures that obey every identity of the form, for one agency or for a million.

All years of an agency are drawn together, so that what one year carries out the next carries in,
over the change of form too. Figures are whole numbers of ten-thousandths (`SCALE`), the precision of
the parsed data.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from nianbao.errors import ConfigurationError
from nianbao.forms import Form, form_for_year
from nianbao.sample.proactive import Stocks, draw_proactive
from nianbao.sample.structure import (
    CARRIED_IN,
    CARRIED_OUT,
    CLOSED,
    RECEIVED,
    asked_codes,
    results_of,
    rows_of,
)

Ints = npt.NDArray[np.int64]
SCALE = 10_000
SIZES = {"none": 0.0, "small": 2.5, "medium": 40.0, "large": 600.0}
"""Applications that an agency of that size expects in a year."""
SIZE_SHARES = {"none": 0.45, "small": 0.40, "medium": 0.13, "large": 0.02}

# Natural persons ask most, businesses some, the four other kinds of organisation hardly ever.
_APPLICANT_SHARES = np.array([0.78, 0.14, 0.01, 0.02, 0.03, 0.02])
_OUTCOME_SHARES = np.array([0.55, 0.15, 0.15, 0.15])
_RESULT_WEIGHTS = {"granted": 40.0, "partly_granted": 8.0, "unavailable.not_held": 20.0}
_SHARE_CARRIED_OUT = 0.06
_SHARE_REVIEWED = np.array([0.04, 0.015, 0.01])


def figures_for_years(seed: int, years: Sequence[int], size: str) -> dict[int, dict[str, Decimal]]:
    """Return the figures of one agency for a run of years: year → cell code → value.

    `size` is a key of `SIZES`. Raises `ConfigurationError` for a year without a form.
    """
    rng = np.random.default_rng(seed)
    drawn = draw_years(rng, years, np.array([SIZES[size]]))
    return {
        year: dict(zip(asked_codes(form), _decimals(m[0]), strict=True)) for year, form, m in drawn
    }


def draw_sizes(rng: np.random.Generator, agencies: int) -> npt.NDArray[np.float64]:
    """Return how many applications each of many agencies expects: mostly none or few."""
    means = np.array([SIZES[name] for name in SIZE_SHARES])
    return rng.choice(means, size=agencies, p=list(SIZE_SHARES.values()))


def draw_years(
    rng: np.random.Generator, years: Sequence[int], means: npt.NDArray[np.float64]
) -> Iterator[tuple[int, Form, Ints]]:
    """Yield (year, form, figures) for many agencies: one row each, one column per asked cell."""
    carried = rng.binomial(rng.poisson(_loads(means)), _SHARE_CARRIED_OUT).astype(np.int64)
    stocks = Stocks.draw(rng, means)
    for year in years:
        form = form_for_year(year)
        if form is None:
            raise ConfigurationError(f"no form is known for the report year {year}")
        table, carried = draw_applications(rng, form, means, carried)
        parts = [
            draw_proactive(rng, form, means, stocks, SCALE),
            _flat(table) * SCALE,
            _flat(_draw_reviews(rng, form, means)) * SCALE,
        ]
        yield year, form, np.concatenate(parts, axis=1)


def draw_applications(
    rng: np.random.Generator, form: Form, means: npt.NDArray[np.float64], carried_in: Ints
) -> tuple[Ints, Ints]:
    """Return the application table, agencies × rows × seven columns, and what it carries out."""
    received = rng.poisson(_loads(means)).astype(np.int64)
    open_cases = received + carried_in
    carried_out = rng.binomial(open_cases, _SHARE_CARRIED_OUT).astype(np.int64)
    closed = open_cases - carried_out
    codes = results_of(form)
    results = rng.multinomial(closed, _result_shares(codes)).astype(np.int64)
    named = {RECEIVED: received, CARRIED_IN: carried_in, CLOSED: closed, CARRIED_OUT: carried_out}
    named |= {code: results[..., index] for index, code in enumerate(codes)}
    parts = np.stack([named[row.code] for row in rows_of(form, "applications")], axis=1)
    return _with_total(parts), carried_out


def _draw_reviews(rng: np.random.Generator, form: Form, means: npt.NDArray[np.float64]) -> Ints:
    counts = rng.poisson(means[:, None] * _SHARE_REVIEWED)
    outcomes = rng.multinomial(counts, _OUTCOME_SHARES).astype(np.int64)
    return _with_total(outcomes)


def _loads(means: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(means[:, None] * _APPLICANT_SHARES, dtype=np.float64)


def _result_shares(codes: Sequence[str]) -> npt.NDArray[np.float64]:
    weights = np.array([_RESULT_WEIGHTS.get(code, 2.0) for code in codes])
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _with_total(parts: Ints) -> Ints:
    return np.concatenate([parts, parts.sum(axis=2, keepdims=True)], axis=2)


def _flat(table: Ints) -> Ints:
    return table.reshape(len(table), -1)


def _decimals(row: Ints) -> list[Decimal]:
    return [Decimal(int(scaled)) / SCALE for scaled in row]
