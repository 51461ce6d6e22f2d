"""`make campaign-publish`: a hundred kills of build, check and publish; the figures go into the docs.

ARGS='20 50 7': kills, reports in the warehouse, seed.
"""

import sys
import tempfile
from pathlib import Path

from campaign.figures import publish
from support.publish_kills import campaign

HEADS = ("killed in", "kills", "readers saw the old version", "the new one", "broken or mixed")
_KILLS, _REPORTS, _SEED = 100, 200, 0


def main() -> None:
    """Run, write the figures, and print what is wrong."""
    given = [int(argument) for argument in sys.argv[1:]]
    kills, reports, seed = (*given, *(_KILLS, _REPORTS, _SEED)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        found = campaign(Path(folder) / "campaign", kills, reports, seed)
    rows = [
        {
            HEADS[0]: step,
            HEADS[1]: found.fell[step],
            HEADS[2]: found.saw_old[step],
            HEADS[3]: found.saw_new[step],
            HEADS[4]: found.fell[step] - found.saw_old[step] - found.saw_new[step],
        }
        for step in ("build", "check", "publish", "the end")
    ]
    publish("publish", rows, HEADS, HEADS[:1])
    print(f"{kills} kills, {len(found.wrong)} troubles")
    if found.wrong:
        raise SystemExit("\n".join(found.wrong))


if __name__ == "__main__":
    main()
