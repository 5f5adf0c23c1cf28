"""Memory of the process that answers questions from the shipped data."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.evaluation.report import Measured
from tests.evaluation.score import read_gold

MOST = 150.0  # MB
_CHILD = """
import resource, sys
from datetime import date
import bot.cli
for module in sys.argv[2:]:
    __import__(module)
from bot.answering import Answering
from store.start import start
answering = Answering(start(sys.argv[1]))
for line in sys.stdin:
    try:
        answering.ask(line.strip(), date(2017, 11, 1))
    except Exception:
        pass  # counted by the evaluation
try:  # the kernel's own peak: getrusage hands a child the peak of whoever started it
    lines = open("/proc/self/status").read().splitlines()
    print(next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM")))
except OSError:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(most / (1e6 if sys.platform == "darwin" else 1e3))
"""
_PARTS = ("bot.application", "telegram.ext")  # what `vendorbot run` loads besides, where it is there


def run(console: Console) -> list[Measured]:
    """Answer 300 questions in a process of its own, with all that the running bot loads, and read its peak."""
    parts = [part for part in _PARTS if _there(part)]
    questions = "\n".join(gold.question for gold in read_gold("train")[:300])
    with TemporaryDirectory(prefix="vendorbot-") as folder:
        database = f"sqlite:///{Path(folder) / 'shipped.db'}"
        command = [sys.executable, "-c", _CHILD, database, *parts]
        subprocess.run(command, input="", text=True, capture_output=True, check=True)  # fills the database
        done = subprocess.run(command, input=questions, text=True, capture_output=True, check=True)
    most = float(done.stdout)
    return [
        Measured(
            f"peak memory with the shipped data ({' and '.join(parts)})", f"{most:.0f} MB", f"{MOST:g} MB", most < MOST
        )
    ]


def _there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
