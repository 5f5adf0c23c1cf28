"""`python -m tests.fuzz.campaign NAME SECONDS FOLDER`: one harness under atheris, which looks for inputs that reach new

branches. Findings do not end it: each is kept, and it goes on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import atheris

from tests.fuzz.findings import SLOW_SECONDS, Findings


def main(name: str, seconds: int, folder: Path) -> None:
    """Does not return: libFuzzer ends the process."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "loaded.db"
    with atheris.instrument_imports(include=["bot", "store"], enable_loader_override=False):
        harness = import_module(f"tests.fuzz.{name}")
    if not file.exists():
        import_module("store.start").start(f"sqlite:///{file}").dispose()
    corpus = folder / "corpus"
    _plant(harness, file, corpus)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={harness.LONGEST_INPUT}",
            "-timeout=60",
            "-rss_limit_mb=4096",
            "-print_final_stats=1",
            "-verbosity=1",
            f"-artifact_prefix={folder}/",
            str(corpus),
        ],
        _watched(harness.opened(file), Findings(folder / "findings")),
    )
    atheris.Fuzz()


def _plant(harness: ModuleType, file: Path, corpus: Path) -> None:
    """Write what it begins from, once."""
    if corpus.exists():
        return
    corpus.mkdir()
    for number, seed in enumerate(harness.seeds(file)):
        (corpus / f"seed-{number:05}").write_bytes(seed)


def _watched(one: Callable[[bytes], None], findings: Findings) -> Callable[[bytes], None]:
    def watched(data: bytes) -> None:
        began = time.process_time()
        try:
            one(data)
        except Exception as error:
            findings.raised(data, error)
        taken = time.process_time() - began
        if taken > SLOW_SECONDS:
            findings.took(data, taken)

    return watched


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
