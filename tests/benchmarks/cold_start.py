"""How long the command line takes to come up, against importing the two libraries it cannot do without."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measured import Figure, seconds_of

_COMMAND = Path(sys.executable).with_name("vendorbot")
_TIMES = 9


def measure(database_url: str) -> Iterator[Figure]:
    def run(*arguments: str | Path) -> float:
        environment = os.environ | {"DATABASE_URL": database_url}
        return seconds_of(
            lambda: subprocess.run(arguments, env=environment, stdout=subprocess.DEVNULL, check=True), _TIMES
        )

    run(sys.executable, "-c", "import sqlmodel, rapidfuzz")  # brings the files into memory
    libraries = run(sys.executable, "-c", "import sqlmodel, rapidfuzz")
    question = "how many phones did xiaomi ship in Q2 2017"
    against = "import sqlmodel, rapidfuzz"
    yield Figure("vendorbot ask, cold", run(_COMMAND, "ask", question), libraries, against, 3)
    yield Figure("vendorbot --help, cold", run(_COMMAND, "--help"), libraries, against)
