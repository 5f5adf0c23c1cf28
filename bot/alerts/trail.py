"""An alert's trail through the log: each line has the request that recorded it, the alert, and the delivery.

What happens to every message is told at DEBUG; an alert's beginning and end, and what goes wrong, at INFO and above."""

from __future__ import annotations

import logging
from collections import Counter, OrderedDict
from collections.abc import Iterable

import structlog

from store.alert_tables import DeliveryState
from store.deliveries import Claim, Mark

_REMEMBERED = 1_000  # alerts that were seen to begin

log = structlog.get_logger("vendorbot.alerts")


def known(claim: Claim) -> dict[str, object]:
    """What a line about a delivery says of it."""
    return {"request": claim.request, "alert": claim.alert_id, "delivery": claim.delivery, "chat": claim.address}


def each(said: str, claims: Iterable[Claim], level: int = logging.DEBUG, **more: object) -> None:
    """A line for each of some deliveries; at DEBUG, where that is logged at all."""
    if level > logging.DEBUG or _fine():
        for claim in claims:
            log.log(level, said, **known(claim), **more)


def _fine() -> bool:
    """Whether every message is told of. Asked before any line is made: there are thousands a second."""
    return logging.getLogger("vendorbot.alerts").isEnabledFor(logging.DEBUG)


class Trail:
    """When this process saw an alert begin, and what it has done for it since."""

    def __init__(self) -> None:
        self._begun: OrderedDict[int, str] = OrderedDict()
        self._done: dict[int, Counter[str]] = {}

    def claimed(self, claims: Iterable[Claim]) -> None:
        """Some deliveries are this process's to send now."""
        for claim in claims:
            if claim.alert_id not in self._begun:
                self._begun[claim.alert_id] = claim.request
                log.info("an alert goes out", request=claim.request, alert=claim.alert_id)
                while len(self._begun) > _REMEMBERED:
                    self._begun.popitem(last=False)

    def marked(self, marks: Iterable[Mark]) -> None:
        """What became of deliveries is written down."""
        fine = _fine()
        for mark in marks:
            self._done.setdefault(mark.claim.alert_id, Counter())[mark.state.value] += 1
            if fine:
                log.debug("marked", **known(mark.claim), state=mark.state.value)

    def nothing_due(self) -> None:
        """All that was due is out: say of each alert how it went."""
        done, self._done = self._done, {}
        for alert, counts in done.items():
            again = counts.pop(DeliveryState.PENDING.value, 0)
            told = {state.replace(" ", "_"): count for state, count in counts.items()}
            told |= {"later": again} if again else {}
            log.info("an alert is out, as far as it is due", request=self._begun.get(alert, ""), alert=alert, **told)
