"""The rows of the tables that say what the series are made of."""

from collections.abc import Iterator

from nianbao.warehouse.series.measures import Measure, load_series

Row = dict[str, object]


def series_rows() -> dict[str, list[Row]]:
    """Return the rows of each table of the series, by table."""
    return {
        "measures": list(_measures()),
        "measure_cells": list(_measure_cells()),
        "rate_measures": list(_rate_measures()),
        "comparability": list(_comparability()),
    }


def _measures() -> Iterator[Row]:
    series = load_series()
    for measure in series.measures.values():
        family = series.families[measure.family]
        yield {
            "measure": measure.code,
            "title_zh": measure.zh,
            "title_en": measure.en,
            "unit": measure.unit,
            "family": measure.family,
            "family_zh": family.zh,
            "family_en": family.en,
        }
    family = series.families["rates"]
    for rate in series.rates.values():
        yield {
            "measure": rate.code,
            "title_zh": rate.spec.zh,
            "title_en": rate.spec.en,
            "unit": "ratio",
            "family": "rates",
            "family_zh": family.zh,
            "family_en": family.en,
            "note_zh": rate.spec.note_zh,
            "note_en": rate.spec.note_en,
        }


def _measure_cells() -> Iterator[Row]:
    series = load_series()
    for measure in series.measures.values():
        yield from _cells_of(measure)


def _cells_of(measure: Measure) -> Iterator[Row]:
    for form, alternatives in measure.cells.items():
        for number, terms in enumerate(alternatives, start=1):
            for sign, code in terms:
                yield {
                    "measure": measure.code,
                    "form": form,
                    "alternative": number,
                    "sign": sign,
                    "code": code,
                }


def _rate_measures() -> Iterator[Row]:
    for rate in load_series().rates.values():
        for side, terms in (("numerator", rate.over), ("denominator", rate.under)):
            for sign, code in terms:
                yield {"rate": rate.code, "side": side, "sign": sign, "measure": code}


def _comparability() -> Iterator[Row]:
    for each in load_series().comparisons:
        yield {
            "measure": each.measure,
            "from_form": each.from_form,
            "to_form": each.to_form,
            "comparability": each.degree,
            "note": each.note_en or None,
            "note_zh": each.note_zh or None,
        }
