"""How long text to Query takes, against each peer, on the test questions in one run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.evaluation.ours import vendorbot
from tests.evaluation.peers.compare import ask_ours
from tests.evaluation.peers.registry import PEERS
from tests.evaluation.peers.run import PeerError, ask_peer, setup_for_peers
from tests.evaluation.report import Measured
from tests.evaluation.score import read_gold

MEDIAN, SLOWEST = 1.0, 5.0  # ms at most


def run(console: Console) -> list[Measured]:
    """Time every program; print them side by side."""
    questions = read_gold("test")
    took: dict[str, tuple[float, float]] = {}
    with vendorbot() as ours:
        ask_ours(ours, questions[:50])  # warm
        median, slowest = took["Vendorbot"] = _middle_and_slowest(ask_ours(ours, questions).seconds)
        setup = setup_for_peers(ours.answering.catalogue)
    for peer in PEERS:
        if not peer.installed:
            console.print(f"[dim]{peer.name} is not installed: `make peers`.[/]")
            continue
        try:
            took[peer.name] = _middle_and_slowest(ask_peer(peer, setup, questions[:: peer.every]).seconds)
        except PeerError as error:
            console.print(f"[dim]{error}[/]")
    table = Table(title="Text to query", title_justify="left", title_style="bold")
    table.add_column("program")
    for column in ("median ms", "99th percentile ms", "median against ours"):
        table.add_column(column, justify="right")
    for name, (middle, slow) in took.items():
        table.add_row(name, f"{middle:.2f}", f"{slow:.2f}", f"{middle / median:.1f} x")
    console.print(table)
    measured = [
        Measured("text to query, median", f"{median:.2f} ms", f"{MEDIAN:g} ms", median <= MEDIAN),
        Measured("text to query, 99th percentile", f"{slowest:.2f} ms", f"{SLOWEST:g} ms", slowest <= SLOWEST),
    ]
    fastest = (
        min((middle, name) for name, (middle, _) in took.items() if name != "Vendorbot")
        if took.keys() - {"Vendorbot"}
        else None
    )
    if fastest:
        ratio = fastest[0] / median
        measured.append(
            Measured(f"the fastest peer ({fastest[1]}) against ours", f"{ratio:.1f} x", "above 1 x", ratio > 1)
        )
    return measured


def _middle_and_slowest(seconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile, in ms."""
    return 1000 * statistics.median(seconds), 1000 * statistics.quantiles(seconds, n=100)[98]
