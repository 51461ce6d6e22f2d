"""Faults that no single text shows, 200 cases of each kind.

`python -m campaign.registry_rules [cases]`; exits 1 where one is missed or an error fires beside it.
"""

import sys
import tempfile
from pathlib import Path

from support.registry_faults import MAKERS, cases, wrong_in
from support.text_checks import bodies


def main(each: int) -> int:
    """Run the campaign, print what was wrong, and return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = wrong_in(Path(folder), cases(each, bodies()))
    print(f"{each} cases for each of {len(MAKERS)} kinds: {len(wrong)} wrong")
    print(*wrong[:50], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
