"""One harvest of `make bench-crawl` by this crawler; prints what it took as JSON.

python -m bench.crawl_ours FOLDER, with the portal's record in FOLDER/portals.
"""

import json
import sys
from pathlib import Path

from bench.spent import Spent
from nianbao.archive import read_log
from nianbao.pipeline.harvest import harvest
from nianbao.settings import Settings


def main() -> None:
    """Harvest, and print requests, seconds and seconds of the processor."""
    folder = Path(sys.argv[1])
    settings = Settings(home=folder / "home", portals_dir=folder / "portals")
    # pyarrow imports pandas with the first table; Scrapy's imports are not counted either.
    read_log(settings.archive_root)
    spent = Spent()
    summary = harvest(settings, ["sample/big"], "run", 1, None)
    if summary["trouble"]:
        raise SystemExit(str(summary["trouble"]))
    print(json.dumps(spent.told(summary["outcomes"]["fetched"])))


if __name__ == "__main__":
    main()
