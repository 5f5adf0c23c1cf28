"""`python -m tests.soak [SECONDS]`: load for so long, 60 seconds where nothing is said."""

from __future__ import annotations

import asyncio
import sys

from tests.soak.load import Load, measure

RATE = 200


def shown(load: Load) -> str:
    """The figures in two lines."""
    return (
        f"{load.asked:,} questions at {RATE} a second: {load.answered:,} answered, {load.confirmed:,} confirmed.\n"
        f"Answered after {load.median * 1000:.0f} ms (median), {load.of_95 * 1000:.0f} ms (95 of 100),"
        f" {load.of_99 * 1000:.0f} ms (99 of 100), {load.worst * 1000:.0f} ms (worst);"
        f" {load.processor * 1000:.1f} ms of processor time each; {load.memory / 1e6:.0f} MB."
    )


if __name__ == "__main__":
    print(shown(asyncio.run(measure(RATE, float(sys.argv[1]) if len(sys.argv) > 1 else 60))))
