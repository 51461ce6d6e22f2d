"""Random figures of proactive disclosure, with stocks that add up from year to year."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nianbao.forms import Form

Ints = npt.NDArray[np.int64]
Means = npt.NDArray[np.float64]

DECISIONS = {"licensing": 6.0, "other_services": 3.0, "penalties": 2.0, "coercion": 0.2}
"""Decisions that an agency takes for each application that it receives."""


@dataclass
class Stocks:
    """What one year leaves to the next, one entry per agency; updated while years are drawn."""

    documents: Ints
    items: dict[str, Ints]

    @classmethod
    def draw(cls, rng: np.random.Generator, means: Means) -> "Stocks":
        """Return the stocks before the first year; an agency without applications has none."""
        rows = ("licensing", "other_services", "penalties", "coercion", "fees")
        return cls(_poisson(rng, means * 0.08), {row: _poisson(rng, means * 0.1) for row in rows})


def draw_proactive(
    rng: np.random.Generator, form: Form, means: Means, stocks: Stocks, scale: int
) -> Ints:
    """Return agencies × cells of the table, in printed order, in units of 1/`scale`."""
    drawn = _of_2019(rng, means, stocks) if form.name == "2019" else _of_2021(rng, means, stocks)
    nothing = np.zeros(len(means), dtype=np.int64)
    cells = [cell for cell in form.cells.values() if cell.table == "proactive"]
    columns = []
    for cell in cells:
        values = drawn.get(cell.code.removeprefix("proactive."), nothing)
        # Amounts are drawn in hundredths, counts in whole numbers.
        columns.append(values * (scale // 100 if cell.value_type == "amount" else scale))
    return np.stack(columns, axis=1)


def _of_2019(rng: np.random.Generator, means: Means, stocks: Stocks) -> dict[str, Ints]:
    made = _poisson(rng, means * 0.03)
    stocks.documents = stocks.documents + made
    drawn = {
        "normative_documents.made": made,
        "normative_documents.published": made,
        "normative_documents.public_total": stocks.documents,
        "procurement.items": _poisson(rng, means * 0.1),
    }
    drawn["procurement.amount"] = drawn["procurement.items"] * rng.integers(
        100, 200_000, size=len(means)
    )
    for row, before in stocks.items.items():
        change = _poisson(rng, means * 0.01) - rng.binomial(before, 0.1)
        drawn |= {f"{row}.previous_items": before, f"{row}.change": change}
        stocks.items[row] = before + change
    return drawn | _decisions(rng, means, tuple(DECISIONS))


def _of_2021(rng: np.random.Generator, means: Means, stocks: Stocks) -> dict[str, Ints]:
    issued = _poisson(rng, means * 0.03)
    repealed = rng.binomial(stocks.documents, 0.1).astype(np.int64)
    stocks.documents = stocks.documents + issued - repealed
    drawn = {
        "normative_documents.issued": issued,
        "normative_documents.repealed": repealed,
        "normative_documents.in_force": stocks.documents,
        "fees.amount": _poisson(rng, means * 30),
    }
    return drawn | _decisions(rng, means, ("licensing", "penalties", "coercion"))


def _decisions(rng: np.random.Generator, means: Means, rows: tuple[str, ...]) -> dict[str, Ints]:
    return {f"{row}.decisions": _poisson(rng, means * DECISIONS[row]) for row in rows}


def _poisson(rng: np.random.Generator, means: Means) -> Ints:
    return rng.poisson(means).astype(np.int64)
