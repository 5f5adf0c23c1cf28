"""One workshop for each kind of draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.admin.adding import Adding
from bot.admin.bench import Bench, Workshop
from bot.admin.candidates import Articles
from bot.admin.importing import Importing
from bot.admin.taking_back import Retracting, Undoing
from bot.admin.vendors import AddingVendor, Merging


@dataclass(frozen=True)
class Workshops:
    """All of them; `by_kind` finds the one for a draft."""

    adding: Adding
    vendor: AddingVendor
    retracting: Retracting
    undoing: Undoing
    merging: Merging
    importing: Importing
    articles: Articles

    @classmethod
    def of(cls, bench: Bench) -> Workshops:
        return cls(
            Adding(bench), AddingVendor(bench), Retracting(bench), Undoing(bench), Merging(bench), Importing(bench),
            Articles(bench),
        )  # fmt: skip

    @property
    def by_kind(self) -> Mapping[str, Workshop]:
        return {
            "fact": self.adding, "milestone": self.adding, "launch": self.adding, "vendor": self.vendor,
            "retract": self.retracting, "undo": self.undoing, "merge": self.merging,
            "import": self.importing, "article": self.articles,
        }  # fmt: skip
