"""Python started with this folder in PYTHONPATH has no optical recognition: it takes seconds a page."""

import sys

sys.modules["rapidocr"] = None  # type: ignore[assignment]
