"""measures.yaml, loaded once, checked against the forms, with every pair of forms spoken of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise

import yaml
from pydantic import ValidationError

from nianbao.errors import ConfigurationError
from nianbao.forms import load_forms
from nianbao.warehouse.series.schema import Degree, RateSpec, SeriesSpec, Statement, Titled

_WORST_LAST: tuple[Degree, ...] = ("exact", "approximate", "none")


@dataclass(frozen=True)
class Measure:
    """One measure; `cells` holds per form the alternatives, each a sum of (sign, cell code)."""

    code: str
    zh: str
    en: str
    unit: str
    family: str
    cells: dict[str, tuple[tuple[tuple[int, str], ...], ...]]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that ask for it, oldest first."""
        return tuple(sorted(self.cells))


@dataclass(frozen=True)
class Rate:
    """One rate over measures, each side a sum of (sign, measure)."""

    code: str
    spec: RateSpec
    over: tuple[tuple[int, str], ...]
    under: tuple[tuple[int, str], ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure that it needs, once each."""
        return tuple(dict.fromkeys(code for _, code in (*self.over, *self.under)))


@dataclass(frozen=True)
class Comparison:
    """How far one measure, or one rate, compares between two forms."""

    measure: str
    from_form: str
    to_form: str
    degree: Degree
    note_zh: str
    note_en: str


@dataclass(frozen=True)
class Series:
    """The whole file, ready for use."""

    spec: SeriesSpec
    measures: dict[str, Measure]
    rates: dict[str, Rate]
    comparisons: tuple[Comparison, ...]

    @property
    def families(self) -> dict[str, Titled]:
        """Families with their titles, in the order of the file."""
        return dict(self.spec.families)

    def of(self, *families: str) -> list[Measure]:
        """Return the measures of some families, in the order of the file."""
        return [measure for measure in self.measures.values() if measure.family in families]


@cache
def load_series() -> Series:
    """Return the measures, rates and comparisons.

    Raises `ConfigurationError` where the file does not fit its schema or the forms.
    """
    text = (files("nianbao.warehouse.series") / "measures.yaml").read_text("utf-8")
    return series_from(text)


def series_from(text: str) -> Series:
    """Return what a file of measures says; `ConfigurationError` where it does not fit the forms."""
    try:
        spec = SeriesSpec.model_validate(yaml.safe_load(text))
    except (ValidationError, yaml.YAMLError) as error:
        raise ConfigurationError(f"measures.yaml: {error}") from error
    measures = {code: _measure(code, spec) for code in spec.measures}
    rates = {
        code: Rate(code, rate, signed(rate.over), signed(rate.under))
        for code, rate in spec.rates.items()
    }
    problems = [*_unknown_cells(measures), *_unknown_names(spec, measures, rates)]
    problems += _contradictions(spec, measures)
    if problems:
        raise ConfigurationError("measures.yaml: " + "; ".join(problems))
    comparisons = [*_compared(spec, measures), *_rates_compared(spec, measures, rates)]
    return Series(spec, measures, rates, tuple(comparisons))


def signed(terms: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return (sign, code) for each term: `-x` is taken away."""
    return tuple((-1 if term.startswith("-") else 1, term.removeprefix("-")) for term in terms)


def _measure(code: str, spec: SeriesSpec) -> Measure:
    found = spec.measures[code]
    cells = {}
    for form, terms in found.cells.items():
        alternatives = [terms] if isinstance(terms[0], str) else terms
        cells[form] = tuple(signed(each) for each in alternatives)
    return Measure(code, found.zh, found.en, found.unit, found.family, cells)


def _unknown_cells(measures: dict[str, Measure]) -> Iterator[str]:
    forms = load_forms()
    for measure in measures.values():
        for form, alternatives in measure.cells.items():
            known = forms[form].cells if form in forms else {}
            for _, code in (term for terms in alternatives for term in terms):
                if code not in known:
                    yield f"{measure.code}: form {form} has no cell {code}"


def _unknown_names(
    spec: SeriesSpec, measures: dict[str, Measure], rates: dict[str, Rate]
) -> Iterator[str]:
    for measure in measures.values():
        if measure.family not in spec.families:
            yield f"{measure.code}: no family {measure.family}"
    for rate in rates.values():
        yield from (f"{rate.code}: no measure {m}" for m in rate.measures if m not in measures)
    for pair, stated in spec.comparability.items():
        yield from (f"{pair}: no measure {m}" for m in stated if m not in measures)


def _contradictions(spec: SeriesSpec, measures: dict[str, Measure]) -> Iterator[str]:
    """Yield what is stated against the definitions, or not stated though both forms ask for it."""
    for earlier, later in _steps():
        stated = spec.comparability.get(f"{earlier}-{later}", {})
        for measure in measures.values():
            both = earlier in measure.cells and later in measure.cells
            said = stated.get(measure.code)
            if both and (said is None or said.degree == "none"):
                yield f"{measure.code}: on both forms {earlier} and {later}, but not compared"
            elif not both and said is not None and said.degree != "none":
                yield f"{measure.code}: compared from {earlier} to {later}, but not on both"
            elif said is not None and said.degree != "exact" and not (said.zh and said.en):
                yield f"{measure.code}: {said.degree} from {earlier} to {later} without a note"


def _steps() -> list[tuple[str, str]]:
    return list(pairwise(load_forms()))


def _compared(spec: SeriesSpec, measures: dict[str, Measure]) -> Iterator[Comparison]:
    for measure in measures.values():
        for earlier, later in combinations(load_forms(), 2):
            statements = [
                _statement(spec, measure, step)
                for step in _steps()
                if earlier <= step[0] and step[1] <= later
            ]
            if len(statements) > 1:
                statements = _over_several(spec, measure, (earlier, later), statements)
            worst = max(_WORST_LAST.index(each.degree) for each in statements)
            notes_zh = dict.fromkeys(each.zh for each in statements if each.zh)
            notes_en = dict.fromkeys(each.en for each in statements if each.en)
            yield Comparison(
                measure.code,
                earlier,
                later,
                _WORST_LAST[worst],
                "；".join(notes_zh),
                "; ".join(notes_en),
            )


def _over_several(
    spec: SeriesSpec, measure: Measure, pair: tuple[str, str], steps: list[Statement]
) -> list[Statement]:
    """Return the statements that speak for a pair with another form between.

    A measure that both ends have is as weak as its steps. Any other is `none`, for the reason of the
    one step that breaks it, or because one end lacks it.
    """
    standing = {note.zh for note in spec.standing_notes.values()}
    if all(form in measure.cells for form in pair):
        return [each for each in steps if each.zh not in standing] or steps[:1]
    breaks = [each for each in steps if each.degree == "none"]
    if len(breaks) == 1 and breaks[0].zh not in standing:
        return breaks
    return [_one_sided(spec, measure, pair)]


def _statement(spec: SeriesSpec, measure: Measure, step: tuple[str, str]) -> Statement:
    earlier, later = step
    said = spec.comparability.get(f"{earlier}-{later}", {}).get(measure.code)
    if said is None:
        return _one_sided(spec, measure, step)
    if not said.zh:
        same = spec.standing_notes["same"]
        return said.model_copy(update={"zh": same.zh, "en": same.en})
    return said


def _one_sided(spec: SeriesSpec, measure: Measure, pair: tuple[str, str]) -> Statement:
    earlier, later = pair
    if earlier in measure.cells:
        note = spec.standing_notes["only_earlier"]
    elif later in measure.cells:
        note = spec.standing_notes["only_later"]
    else:
        note = spec.standing_notes["neither"]
    return Statement.model_validate({"is": "none", "zh": note.zh, "en": note.en})


def _rates_compared(
    spec: SeriesSpec, measures: dict[str, Measure], rates: dict[str, Rate]
) -> Iterator[Comparison]:
    """Yield how far each rate compares: as far as the weakest of its measures, which is named."""
    known = {(c.measure, c.from_form, c.to_form): c for c in _compared(spec, measures)}
    for rate in rates.values():
        for earlier, later in combinations(load_forms(), 2):
            parts = [known[code, earlier, later] for code in rate.measures]
            worst = max(parts, key=lambda part: _WORST_LAST.index(part.degree)).degree
            named = [part for part in parts if part.degree == worst != "exact"]
            yield Comparison(
                rate.code,
                earlier,
                later,
                worst,
                "；".join(f"{part.measure}：{part.note_zh}" for part in named),
                "; ".join(f"{part.measure}: {part.note_en}" for part in named),
            )
