"""The longest messages that Telegram lets through, made to be slow."""

from __future__ import annotations

import statistics
import time
from datetime import date

from rich.console import Console
from rich.table import Table

from tests.evaluation.ours import vendorbot
from tests.evaluation.report import Measured

LONGEST = 4096  # characters, Telegram's limit
MOST = 50.0  # ms at most
ROUNDS = 3
NOW = date(2017, 11, 1)


def messages() -> dict[str, str]:
    """Each message by what it is made of."""
    repeated = {
        "one word": "x",
        "one word, wide": "Ⓦ",
        "many words": "how many phones did ",
        "short words": "a ",
        "strange words": "qwv zxk jqp ",
        "many names": "xiaomi samsung apple huawei india china ",
        "mistyped names": "xaiomi smasung huwaei vodafnoe indai ",
        "joined names": "xiaomisamsunghuaweioppovivo",
        "digits": "9",
        "amounts": "10,000,000 ",
        "figures and commas": "1,",
        "years": "2017 ",
        "quarters": "q3 2017 to q4'17 ",
        "dates": "2017-10-31 ",
        "ordinals": "third ",
        "Chinese": "小米手机出货量",
        "Japanese": "スマートフォン",
        "Thai": "โทรศัพท์มือถือ",
        "combining marks": "x\u0301\u0323\u0302",
        "ligatures that grow": "\ufdfa",
        "right to left": "كم عدد الهواتف ",
        "direction marks": "\u202e\u202dxiaomi\u202c ",
        "emoji": "📱🇪🇸👨‍👩‍👧‍👦",
        "brackets": "([{<",
        "braces with names": "{vendor} ",
        "apostrophes": "it's '17 ",
        "hashes and percents": "#1 50% ",
        "control characters": "\x00\x1b\x7f",
        "lines": "xiaomi\n",
        "Hindi": "शाओमी ने कितने फोन बेचे ",
        "surrogates": "\ud83d",
    }
    return {name: (text * LONGEST)[:LONGEST] for name, text in repeated.items()}


def run(console: Console) -> list[Measured]:
    """Read and answer each message; print the slowest."""
    took = []
    with vendorbot() as ours:
        for name, text in messages().items():
            rounds = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                ours.understand(text, NOW)
                read = time.perf_counter()
                ours.ask(text, NOW)
                rounds.append((1000 * (read - began), 1000 * (time.perf_counter() - read)))
            took.append(
                (statistics.median(one for one, _ in rounds), statistics.median(one for _, one in rounds), name)
            )
        crashes = sum(ours.crashes.values())
    took.sort(reverse=True, key=lambda one: one[1])
    table = Table(
        title=f"Messages of {LONGEST:,} characters: the slowest five", title_justify="left", title_style="bold"
    )
    table.add_column("made of")
    table.add_column("read, ms", justify="right")
    table.add_column("answered, ms", justify="right")
    for read, answered, name in took[:5]:
        table.add_row(name, f"{read:.1f}", f"{answered:.1f}")
    console.print(table)
    slowest = max(took[0][1], max(read for read, _, _ in took))
    return [
        Measured(f"the slowest of {len(took)} hostile messages", f"{slowest:.1f} ms", f"{MOST:g} ms", slowest <= MOST),
        Measured("hostile messages whose answer raised an error", str(crashes), "0", not crashes),
    ]
