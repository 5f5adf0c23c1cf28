"""`python -m tests.soak [SECONDS]`: load, size and faults, for so many seconds in all, ten minutes if none is said; and

alerts under faults, which take four minutes."""

from __future__ import annotations

import asyncio
import sys

from tests.soak.alerts import measure as measure_alerts
from tests.soak.damage import measure as measure_damage
from tests.soak.faults import soak
from tests.soak.load import figures
from tests.soak.size import measure as measure_size


def main(seconds: float) -> None:
    print("Load", flush=True)
    for line in figures(min(60.0, seconds / 48)):
        print(line, flush=True)
    print("\nSize", flush=True)
    for line in measure_size():
        print(line, flush=True)
    print("\nAlerts under faults", flush=True)
    for line in measure_alerts():
        print(line, flush=True)
    print("\nDamaged files", flush=True)
    for line in measure_damage():
        print(line, flush=True)
    print("\nFaults", flush=True)
    asyncio.run(soak(max(seconds - 180, seconds / 2), lambda line: print(line, flush=True)))


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 600)
