"""Serves sample sites by hand and prints a portal record for each.

python -m nianbao.sample.sites trs vsb
"""

import argparse
import sys
import threading
from contextlib import ExitStack

import yaml

from nianbao.sample.sites import SITES, serve_site


def main() -> None:
    """Serve the sites that are named until interrupted; the records say where they are."""
    parser = argparse.ArgumentParser(prog="python -m nianbao.sample.sites", description=__doc__)
    parser.add_argument("site", nargs="+", choices=sorted(SITES), metavar="SITE")
    with ExitStack() as stack:
        for key in parser.parse_args().site:
            site, _ = stack.enter_context(serve_site(key))
            record = yaml.safe_dump(site.record(), allow_unicode=True, sort_keys=False)
            sys.stdout.write(f"# {key}.yaml\n{record}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
