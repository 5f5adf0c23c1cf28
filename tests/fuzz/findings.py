"""What fuzzing found: inputs that raised, each kind of fault once, and inputs that may be slow."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass, field
from pathlib import Path

SLOW_SECONDS = 0.05  # of processor time, for one input
_FEW = 40  # slow inputs that are kept


@dataclass
class Findings:
    """Kept as files in a folder: NAME.input beside NAME.txt, which says what happened."""

    folder: Path
    seen: set[str] = field(default_factory=set)
    slow: list[float] = field(default_factory=list)

    def raised(self, data: bytes, error: BaseException) -> None:
        """Keep an input that raised, unless one that did so in the same place is kept already."""
        frames = traceback.extract_tb(error.__traceback__)
        ours = [one for one in frames if "/bot/" in one.filename or "/store/" in one.filename] or list(frames)
        last = ours[-1] if ours else None
        place = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}" if last else type(error).__name__
        if last is None or type(error).__name__ in ("RefusedByTelegramError", "AssertionError"):
            place += str(error)[:60]
        if place not in self.seen:
            self.seen.add(place)
            self._keep("raised", data, "".join(traceback.format_exception(error)))

    def took(self, data: bytes, seconds: float) -> None:
        """Keep an input that took long, where it is among the longest."""
        self.slow.append(seconds)
        self.slow = sorted(self.slow, reverse=True)[:_FEW]
        if seconds >= self.slow[-1]:
            self._keep(f"slow-{seconds * 1000:06.0f}", data, f"{seconds:.3f} s while every branch was counted\n")

    def _keep(self, kind: str, data: bytes, said: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{kind}-{hashlib.blake2b(data, digest_size=4).hexdigest()}"
        (self.folder / f"{name}.input").write_bytes(data)
        (self.folder / f"{name}.txt").write_text(said, "utf-8")
