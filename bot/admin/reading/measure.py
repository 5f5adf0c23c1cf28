"""What a number measures."""

from __future__ import annotations

from dataclasses import dataclass

from bot.admin.reading.small_words import small_words
from store.words import Metric

SOFT = small_words("soft")  # words before a number that only soften it: "about", "a whopping"


@dataclass(frozen=True)
class Measure:
    """What a number measures; `sign` is -1 where it tells a fall, `compared` where another is compared with it."""

    metric: Metric
    sign: int = 1
    compared: bool = False
