"""The same thing said twice by one source on one day, alike or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store.checks.placed import Placed, Problem, problem
from store.names import slug_of
from store.rows import NewFact, NewLaunch, NewMilestone


def check_doubles(rows: Iterable[Placed]) -> Iterator[Problem]:
    """Every row after the first that speaks of the same thing, by the same source, published on the same day."""
    seen: dict[tuple[object, ...], Placed] = {}
    for at in rows:
        row = at.row
        match row:
            case NewFact():
                thing: tuple[object, ...] = (row.metric, row.period)
                said: tuple[object, ...] = (row.value, row.bound, row.certainty)
            case NewMilestone():
                thing, said = (row.title.casefold(), row.period), (row.value, row.bound, row.certainty)
            case NewLaunch():
                thing, said = (slug_of(row.product),), (row.date_text, row.certainty)
            case _:
                thing, said = (slug_of(row.product), row.title.casefold()), (row.topic, row.certainty)
        key = (type(row), at.vendor, at.region, *thing, row.source.name, row.source.published)
        first = seen.setdefault(key, at)
        if first is at:
            continue
        where = f"{first.file}, line {first.line}"
        if said == _said(first):
            yield problem("doubles", at, f"says the same as {where}. Take one of them out")
        else:
            yield problem(
                "doubles", at, f"says otherwise than {where}, same source and day. Keep what is at the address"
            )


def _said(at: Placed) -> tuple[object, ...]:
    row = at.row
    if isinstance(row, NewFact | NewMilestone):
        return (row.value, row.bound, row.certainty)
    return (row.date_text if isinstance(row, NewLaunch) else row.topic, row.certainty)
