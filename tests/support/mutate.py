"""Damage to any bytes: what disks, networks and careless programs do to files."""

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes], bytes]
_HUGE = (b"1000000000", b"-1", b"0", b"99999999999999999999", b"65536", b"2147483648", b"1e9", b"")
MOST_BYTES = 4_000_000
"""Of a mutated file: what grows without end would measure the mutation and not the reader."""


def flip_bits(rng: Random, data: bytes) -> bytes:
    """Flip some bits."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 2, 8, 64, 512])):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def insert_bytes(rng: Random, data: bytes) -> bytes:
    """Put bytes in, random ones or one many times."""
    at = rng.randrange(len(data) + 1)
    some = rng.choice(
        [rng.randbytes(rng.choice([1, 4, 100])), rng.choice([b"\0", b"<", b"{", b"\xff"]) * 2000]
    )
    return data[:at] + some + data[at:]


def delete_bytes(rng: Random, data: bytes) -> bytes:
    """Take a stretch out."""
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.choice([1, 2, 16, 512, 5000]) :]


def double_block(rng: Random, data: bytes) -> bytes:
    """Repeat a stretch, a few times or many."""
    start, size = rng.randrange(len(data)), rng.choice([4, 64, 512, 4096])
    times = rng.choice([1, 2, 10, 200])
    return data[: start + size] + data[start : start + size] * times + data[start + size :]


def swap_blocks(rng: Random, data: bytes) -> bytes:
    """Let two stretches change places."""
    size = rng.choice([1, 16, 512])
    one, two = sorted(rng.randrange(len(data)) for _ in range(2))
    if one + size > two:
        return data[::-1]
    left, right = data[one : one + size], data[two : two + size]
    return data[:one] + right + data[one + size : two] + left + data[two + size :]


def cut_off(rng: Random, data: bytes) -> bytes:
    """Break the file off, or take its beginning."""
    at = rng.choice(
        [rng.randrange(len(data)), max(0, len(data) - rng.randrange(1, 600)), rng.randrange(200)]
    )
    return data[at:] if rng.random() < 0.1 else data[:at]


def zero_block(rng: Random, data: bytes) -> bytes:
    """Overwrite a stretch with nought or with one byte."""
    at, size = rng.randrange(len(data)), rng.choice([1, 8, 512, 4096])
    return (
        data[:at]
        + rng.choice([b"\0", b"\xff", b" "]) * min(size, len(data) - at)
        + data[at + size :]
    )


def odd_numbers(rng: Random, data: bytes) -> bytes:
    """Replace some numbers that stand as digits by huge, negative or no ones."""
    found = list(re.finditer(rb"\d+", data[:1_000_000]))
    if not found:
        return flip_bits(rng, data)
    for one in sorted(
        rng.sample(found, min(len(found), rng.choice([1, 3, 20]))), key=lambda m: -m.start()
    ):
        data = data[: one.start()] + rng.choice(_HUGE) + data[one.end() :]
    return data


BYTES: tuple[Mutation, ...] = (
    flip_bits, insert_bytes, delete_bytes, double_block, swap_blocks, cut_off, zero_block, odd_numbers,
)  # fmt: skip


def any_bytes(rng: Random, data: bytes) -> bytes:
    """Damage bytes in one to three ways."""
    for _ in range(rng.choice([1, 1, 2, 3])):
        data = rng.choice(BYTES)(rng, data or b" ")[:MOST_BYTES]
    return data
