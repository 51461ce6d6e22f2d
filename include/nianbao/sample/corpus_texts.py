"""Running text of a corpus: sections from a vocabulary, facts with their sentences, findings."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from nianbao.sample.cell_columns import lists
from nianbao.sample.report_columns import ReportColumns

_WORDS, _POOL = 600, 4_000
_SENTENCE = 11
"""Words in a sentence: some 27 characters."""
_SENTENCES = (7, 0, 0, 0, 3, 1)
"""Sentences in each of the six sections: 300 characters a report."""
_FACTS = ("received", "carried_in", "disclosed.total", "reviews")
_FOUND = 0.02
_PLACES = 128


class Texts:
    """Sentences drawn once and put together anew for each report."""

    def __init__(self, rng: np.random.Generator, *, signatures: bool) -> None:
        """Draw a vocabulary and sentences from it; every report has its own order of them."""
        self._rng, self._signatures = rng, signatures
        words = ["".join(chr(0x4E00 + int(c)) for c in rng.integers(0, 3_000, rng.integers(2, 4)))
                 for _ in range(_WORDS)]  # fmt: skip
        rank = 1 / np.arange(1, _WORDS + 1)
        chosen = rng.choice(_WORDS, (_POOL, _SENTENCE), p=rank / rank.sum())
        self._sentences = ["".join(words[word] for word in one) + "。" for one in chosen]

    def column(self, name: str, columns: ReportColumns, kind: pa.DataType) -> pa.Array:
        """Return the lists of one column, a list per report."""
        if name == "sections":
            return self._sections(columns, kind)
        return self._facts(columns, kind) if name == "narrative" else self._findings(columns, kind)

    def _sections(self, columns: ReportColumns, kind: pa.DataType) -> pa.Array:
        sections = columns.form.sections[: len(_SENTENCES)]
        lengths = _SENTENCES[: len(sections)]
        texts = np.stack([self._joined(columns.count, length) for length in lengths], 1)
        tiled = pa.array(np.tile(np.arange(len(sections)), columns.count))
        flat = {
            "number": pa.array([one.number for one in sections]).take(tiled),
            "code": pa.array([one.code for one in sections]).take(tiled),
            "title": pa.array([one.zh for one in sections]).take(tiled),
            "text": pa.array(texts.ravel(), pa.string()),
            "location": pa.array([f"p{3 * one.number}" for one in sections]).take(tiled),
        }
        if self._signatures:
            flat["signature"] = self._signed(texts.ravel())
        return _lists(columns.count, len(sections), flat, kind)

    def _joined(self, count: int, sentences: int) -> npt.NDArray[np.object_]:
        chosen = self._rng.integers(0, _POOL, (count, sentences))
        return np.array(["".join(self._sentences[s] for s in one) for one in chosen], object)

    def _signed(self, texts: npt.NDArray[np.object_]) -> pa.Array:
        signed = np.array([len(text) > 40 for text in texts])
        numbers = self._rng.integers(0, 2**32, int(signed.sum()) * _PLACES, np.uint32)
        ends = np.concatenate([[0], np.cumsum(signed * _PLACES)]).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(ends), pa.array(numbers), mask=pa.array(~signed))

    def _facts(self, columns: ReportColumns, kind: pa.DataType) -> pa.Array:
        count, each = columns.count, len(_FACTS)
        values = self._rng.poisson(3, count * each)
        tails = self._rng.integers(0, _POOL, count * each)
        quotes = [f"{v}件，{self._sentences[t]}" for v, t in zip(values, tails, strict=True)]
        flat = {
            "measure": pa.array(list(_FACTS) * count),
            "value": pa.array(values).cast(pa.decimal128(38, 4)).cast(pa.decimal128(18, 4)),
            "unit": pa.array(["件"] * (count * each)),
            "quote": pa.array(quotes),
            "location": pa.array([f"p{n}" for n in range(4, 4 + each)] * count),
        }
        return _lists(count, each, flat, kind)

    def _findings(self, columns: ReportColumns, kind: pa.DataType) -> pa.Array:
        found = self._rng.random(columns.count) < _FOUND
        ends = np.concatenate([[0], np.cumsum(found)]).astype(np.int32)
        flat = {
            "code": pa.array(["label_variant"] * int(found.sum())),
            "severity": pa.array(["info"] * int(found.sum())),
            "message": pa.array([self._sentences[n % _POOL] for n in range(int(found.sum()))]),
            "location": pa.array(["t2.r5"] * int(found.sum())),
        }
        return lists(pa.array(ends), flat, int(found.sum()), kind)


def _lists(count: int, each: int, flat: dict[str, pa.Array], kind: pa.DataType) -> pa.Array:
    offsets = pa.array(np.arange(count + 1, dtype=np.int32) * np.int32(each))
    return lists(offsets, flat, count * each, kind)
