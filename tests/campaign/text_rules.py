"""Seeded faults of the running text: each must be found, and nothing else at error or warning.

`python -m campaign.text_rules [--each 200] [--clean 10000]`: so many reports per fault, over all forms that
the fault is for, and so many clean ones, on which no rule may fire at error and few at warning.
"""

import argparse
import sys
import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path

from nianbao.sample.text_faults import text_faults
from support.text_checks import (
    about_text,
    bodies,
    clean_texts,
    failures,
    faulty_reports,
    texts_of,
    wrong_findings,
)

_FAULTS_AT_ONCE = 28


def main() -> int:
    """Run both halves, print what was wrong, and return 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=200, help="reports per fault")
    parser.add_argument("--clean", type=int, default=10_000, help="clean reports")
    asked = parser.parse_args()
    wrong = _faults(asked.each)
    fired = _clean(asked.clean)
    print(f"{asked.each} reports for each of {len(text_faults())} faults: {len(wrong)} wrong")
    print(*wrong[:50], sep="\n")
    print(f"{asked.clean} clean reports: {dict(fired)}")
    return 1 if wrong or any(severity == "error" for _, severity in fired) else 0


def _faults(each: int) -> list[str]:
    faults = iter(text_faults())
    wrong = []
    while some := list(islice(faults, _FAULTS_AT_ONCE)):
        with tempfile.TemporaryDirectory() as folder:
            reports = faulty_reports(each, bodies(), some)
            wrong += wrong_findings(failures(Path(folder), texts_of(reports)), reports)
        print(f"… {some[-1].name}: {len(wrong)} wrong", flush=True)
    return wrong


def _clean(number: int) -> Counter[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        found = failures(Path(folder), clean_texts(number, bodies()).values())
    return Counter(one for failed in found.values() for one in about_text(failed))


if __name__ == "__main__":
    sys.exit(main())
