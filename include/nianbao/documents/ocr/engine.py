"""The recogniser of single lines of text: RapidOCR with the model inside its package."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was recognised in one line, and how sure that is: the least of its characters, of one."""

    text: str
    score: float
    numbers: float | None = None
    """The same of its numbers' characters alone, where that is known: brackets are often unsure."""

    @property
    def number_score(self) -> float:
        """How sure its numbers are."""
        return self.score if self.numbers is None else self.numbers


Recogniser = Callable[[Sequence[Picture]], list[Reading]]

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
"""A number inside a text."""
_MODEL = "PP-OCRv6_rec_small.onnx"
_SETTINGS = {
    "Global.log_level": "critical",
    "Global.return_word_box": True,
    # Several processes read at once; each with threads of its own would be slower in all.
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    # More lines at once take more memory, and no less time.
    "Rec.rec_batch_num": 1,
    # Least width of a line: a cell with one digit need not be filled up to a long line's width.
    "Rec.rec_img_shape": [3, 48, 48],
}


@cache
def recogniser() -> Recogniser:
    """Load the model, once in a process."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    engine = RapidOCR(params={**_SETTINGS, "Rec.model_path": str(_model())})

    def recognise(lines: Sequence[Picture]) -> list[Reading]:
        if not lines:
            return []
        found = engine.recognize_txt([np.dstack([line] * 3) for line in lines])
        return [
            Reading(text.strip(), _least(words, score), _least_of_numbers(words, text))
            for text, score, words in zip(
                found.txts or (), found.scores, found.word_results, strict=True
            )
        ]

    return recognise


def _model() -> Path:
    """Return the model's own file, so that none is ever looked for elsewhere."""
    spec = find_spec("rapidocr")
    locations = spec.submodule_search_locations if spec else None
    return Path((locations or ["."])[0]) / "models" / _MODEL


def _least_of_numbers(words: Any, text: str) -> float | None:
    """Return the least of the characters of numbers; `None` where not each character has its own."""
    confidences = getattr(words, "confs", None) or []
    if len(confidences) != len(text):
        return None
    scores = [s for found in NUMBER.finditer(text) for s in confidences[slice(*found.span())]]
    return float(min(scores)) if scores else None


def _least(words: Any, score: float) -> float:
    confidences = getattr(words, "confs", None) or [score]
    return float(min(confidences))
