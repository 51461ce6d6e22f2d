"""Packing and unpacking killed at random moments, and done again: nothing is lost or half there.

cd tests && python -m campaign.carry [KILLS] [SEED]
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nianbao.pipeline import carry
from nianbao.settings import Settings
from support.carried import Zone

DOCUMENTS = 150
_WORK = """
import sys
from pathlib import Path
from nianbao.pipeline import carry
from nianbao.settings import Settings
what, home, pack = sys.argv[1:]
settings = Settings(home=Path(home))
import nianbao.carry.unpacking
print("ready", flush=True)
sys.stdin.readline()
if what == "pack":
    carry.pack(settings, Path(pack), Path(pack).with_name("state"))
else:
    list(carry.unpack(settings, [Path(pack)]))
print("done", flush=True)
"""


def killed_after(seconds: float, what: str, home: Path, pack: Path) -> bool:
    """Do the work in a process that is killed so long after it began; tell whether it was."""
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORK, what, str(home), str(pack)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert worker.stdin
    assert worker.stdout
    assert worker.stdout.readline() == b"ready\n"
    worker.stdin.write(b"go\n")
    worker.stdin.flush()
    time.sleep(seconds)
    os.kill(worker.pid, signal.SIGKILL)
    done = worker.stdout.readline() == b"done\n"
    worker.communicate()
    return not done


def trial(folder: Path, pack_seconds: float, unpack_seconds: float) -> tuple[bool, bool]:
    """Kill a pack and an unpack once each, do both again, and compare the two archives."""
    sender, receiver = Zone(folder / "sender"), Zone(folder / "receiver")
    pack, chance = folder / "p.zip", random.Random(5)
    half = [chance.randbytes(chance.randrange(20_000)) for _ in range(DOCUMENTS)]
    sender.harvest(*half)
    first = killed_after(pack_seconds, "pack", folder / "sender", pack)
    if not pack.exists():
        assert not (folder / "state").exists(), "a state without its pack"
        carry.pack(sender.settings, pack, folder / "state")
    second = killed_after(unpack_seconds, "unpack", folder / "receiver", pack)
    list(carry.unpack(Settings(home=folder / "receiver"), [pack]))
    assert receiver.files() == sender.files()
    assert not list(folder.glob(".partial-*"))
    return first, second


def main(kills: int = 50, seed: int = 1) -> None:
    """Try so many times, each at another moment, and print how many hit."""
    chance, hit = random.Random(seed), [0, 0]
    for _ in range(kills):
        with tempfile.TemporaryDirectory() as name:
            found = trial(Path(name), chance.uniform(0, 0.25), chance.uniform(0, 1.2))
            hit = [count + was for count, was in zip(hit, found, strict=True)]
    print(f"{kills} trials: {hit[0]} packs and {hit[1]} unpacks were killed; nothing was lost")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
