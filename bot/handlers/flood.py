"""Who asks too fast waits, and nobody else does. Pure: moments are handed in, in seconds of a clock that goes on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.languages.marks import translatable

TOO_FAST = translatable(
    "You ask faster than I can answer well: I take your questions one after another now, and leave out some."
)
_LONGEST_WAIT = 60.0  # seconds; what would have to wait longer is left out
_MOST_PEOPLE = 50_000


@dataclass(frozen=True)
class Turn:
    """How long a person's update waits, None where it is left out; and whether they are to be told so, once a flood."""

    wait: float | None
    tell: bool = False


@dataclass
class _Person:
    empty_until: float = 0.0  # when all that was asked would be worked off at the rate allowed
    told: bool = False


class Allowance:
    """A bucket of `burst` questions a person, filled again at `rate` a second."""

    def __init__(self, rate: float, burst: int) -> None:
        self._interval, self._burst = 1 / rate, burst
        self._people: dict[int, _Person] = {}

    def turn(self, person_id: int, now: float) -> Turn:
        """Count one update of a person and say when it may go on."""
        person = self._people.get(person_id)
        if person is None:
            self._forget(now)
            person = self._people[person_id] = _Person()
        if person.empty_until <= now:
            person.told = False
        after = max(person.empty_until, now) + self._interval
        wait = after - now - self._burst * self._interval
        if wait <= 1e-9:
            person.empty_until = after
            return Turn(0.0)
        tell, person.told = not person.told, True
        if wait > _LONGEST_WAIT:
            return Turn(None, tell)
        person.empty_until = after
        return Turn(wait, tell)

    def _forget(self, now: float) -> None:
        if len(self._people) >= _MOST_PEOPLE:
            self._people = {one: person for one, person in self._people.items() if person.empty_until > now}
