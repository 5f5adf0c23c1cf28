"""A database file damaged at random: told in a sentence, not backed up as if it were sound, and restored each time."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from store.backup import back_up, restore
from store.engine import StoreError, open_engine
from store.existing import open_existing
from store.soundness import examine
from store.start import start

TIMES, PAGE = 60, 4096
Damage = Callable[[random.Random, bytes], bytes]


def _page(chance: random.Random, whole: bytes, content: bytes | None = None) -> bytes:
    at = chance.randrange(len(whole) // PAGE) * PAGE
    return whole[:at] + (content or chance.randbytes(PAGE)) + whole[at + PAGE :]


def _bits(chance: random.Random, whole: bytes) -> bytes:
    damaged = bytearray(whole)
    for _ in range(40):
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _header(chance: random.Random, whole: bytes) -> bytes:
    damaged = bytearray(whole)
    for _ in range(4):
        damaged[chance.randrange(100)] = chance.randrange(256)
    return bytes(damaged)


DAMAGES: dict[str, Damage] = {
    "a page overwritten": _page,
    "a page of zeros": lambda chance, whole: _page(chance, whole, bytes(PAGE)),
    "40 bits": _bits,
    "cut off": lambda chance, whole: whole[: chance.randrange(len(whole))],
    "header": _header,
}


def measure(times: int = TIMES, seed: int = 1) -> Iterator[str]:
    """What became of each kind of damage, as lines. Raises AssertionError where a file was not restored."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good, file = folder / "good.db", folder / "bad.db"
        start(f"sqlite:///{good}").dispose()
        whole = good.read_bytes()
        for kind, damage in DAMAGES.items():
            seen: Counter[str] = Counter()
            for _ in range(times // len(DAMAGES)):
                file.write_bytes(damage(chance, whole))
                seen.update(_told(file, good))
                for left in folder.glob("bad.db*"):
                    left.unlink()
            yield f"{kind}: " + ", ".join(f"{count} × {what}" for what, count in sorted(seen.items()))


def _told(file: Path, good: Path) -> Iterator[str]:
    """What is said of a damaged file; at its end the good one is in its place."""
    url, quiet = f"sqlite:///{file}", lambda *_: None
    found = None
    try:
        found = examine(open_existing(url), quiet)
        yield "check names what is wrong" if found.faults else "nothing that matters was hit"
    except StoreError:
        yield "not readable at all, and said so"
    try:
        back_up(open_existing(url), file.with_name("backup.db"), replace=True, progress=quiet)
        yield "a backup was made"
    except StoreError:
        yield "no backup was made"
    restore(good, open_engine(url), replace=True, progress=quiet)
    assert examine(open_existing(url), quiet).faults == []
    yield "restored"


if __name__ == "__main__":
    for line in measure(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES):
        print(line, flush=True)
