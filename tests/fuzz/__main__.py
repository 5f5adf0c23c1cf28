"""`make fuzz`, `make fuzz SECONDS=600 HARNESS=articles`: each harness in turn, then its findings once more."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from tests.fuzz.findings import SLOW_SECONDS

HARNESSES = ("understanding", "articles", "imports", "callbacks", "updates")
FOLDER = Path(".fuzz")
_PROGRESS = re.compile(r"#(\d+)\s.*?cov: (\d+) ft: (\d+) corp: (\d+)")


def campaign(name: str, seconds: int) -> str:
    """Run one harness; says how many inputs it took and how far they reached."""
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "log.txt"
    with log.open("wb") as file:
        command = [sys.executable, "-m", "tests.fuzz.campaign", name, str(seconds), str(folder)]
        code = subprocess.run(command, stdout=file, stderr=file, check=False).returncode
    told = _PROGRESS.findall(log.read_text("utf-8", "replace"))
    if not told:
        return f"{name}: it did not begin, see {log}"
    (_, first, *_), (count, branches, features, kept) = told[0], told[-1]
    ended = "" if code == 0 else f" It ended with code {code}, see {log}."
    return (
        f"{name}: {int(count):,} inputs in {seconds} s; {branches} branches reached ({first} by what it began from),"
        f" {features} features, {kept} inputs kept.{ended}"
    )


def findings(name: str) -> list[str]:
    """What the findings do without atheris, which slows down what it watches: those that still raise or are slow."""
    folder = FOLDER / name
    kept = sorted((folder / "findings").glob("*.input"))
    if not kept:
        return ["  no findings"]
    one = import_module(f"tests.fuzz.{name}").opened(folder / "loaded.db")
    one((folder / "corpus" / "seed-00000").read_bytes())
    said = []
    for file in kept:
        data, times, raised = file.read_bytes(), [], ""
        for _ in range(3):
            began = time.process_time()
            try:
                one(data)
            except Exception as error:
                raised = f"{type(error).__name__}: {error}"[:160]
            times.append(time.process_time() - began)
        if raised:
            said.append(f"  {file}: {raised}")
        elif min(times) > SLOW_SECONDS:
            said.append(f"  {file}: {min(times) * 1000:.0f} ms")
    return said or ["  no findings"]


def main(seconds: int, names: tuple[str, ...]) -> None:
    """One after the other, as they would take each other's processor."""
    for name in names:
        print(campaign(name, seconds), flush=True)
        print("\n".join(findings(name)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300, tuple(sys.argv[2:]) or HARNESSES)
