"""Tells how sure a statement is: said by the vendor, counted by an analyst, only expected, or a rumour."""

from __future__ import annotations

from bot.admin.reading.context import Context, Subject
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.words import Certainty, Metric

_MODALS = small_words("modals")
_DONE = small_words("certainty_done")


def hedge_at(sentence: Sentence, start: int, stop: int) -> Certainty | None:
    """Expected or rumoured, where the words around the tokens from `start` up to `stop` say so."""
    cues = sentence.cues
    first, last = sentence.clause(start)
    earlier = max((one.stop for one in sentence.amounts if one.stop <= start), default=first)
    if (
        0 < start - earlier <= 9
        and sentence.lower(start - 1) in ("to", "from")
        and not any(sentence.lower(at) == "," for at in range(earlier, start))
    ):
        reached = earlier
        earlier = max((one.stop for one in sentence.amounts if one.stop < reached), default=first)
    later = min((one.start for one in sentence.amounts if one.start >= stop), default=last)
    beside = next((at for at in range(stop, later) if sentence.lower(at) == ","), later)
    if cues.any(max(first, earlier), beside, "rumoured") or _by_sources(sentence):
        return Certainty.RUMOURED
    at = cues.last(max(first, earlier), start, "expected")
    while at >= 0:
        if not _is_harmless(sentence, at):
            return Certainty.EXPECTED
        at = cues.last(max(first, earlier), at, "expected")
    if any(
        sentence.lower(at) in ("expected", "forecast", "projected", "predicted", "likely")
        and sentence.lower(at - 1) in ("is", "are", "as", "now")
        for at in range(stop, later)
    ):
        return Certainty.EXPECTED
    return None


def _is_harmless(sentence: Sentence, at: int) -> bool:
    """ "Than expected", "the target market", "expected" of what then came true."""
    word = sentence.lower(at)
    before = sentence.lower(at - 1)
    due = at if word == "due" else at - 1
    if sentence.lower(due) == "due" and sentence.lower(due + 1) == "to":
        return sentence.lower(due + 2) not in small_words("due_to_do")  # "due to weak demand"
    if before in small_words("before_expected") or word == "expectations":
        return True
    if word in ("can",) and sentence.lower(at + 1) in ("be", "boast", "now", "claim", "celebrate"):
        return True
    if (
        word in ("target", "targets", "plan", "plans")
        and before in ("its", "the", "a", "their")
        and sentence.lower(at + 1) in ("market", "customers", "audience")
    ):
        return True
    if word in ("bet", "guess") and before not in small_words("before_bet"):
        return True
    if word == "to" or (word in _MODALS and word not in ("will",) and sentence.lower(at + 1) == "have"):
        return False
    return word in ("may",) and sentence.tokens[at].capital and at > 0


def _by_sources(sentence: Sentence) -> bool:
    text = sentence.text.lower()
    return any(phrase in text for phrase in small_words("source_phrases"))


def certainty_at(
    sentence: Sentence, start: int, stop: int, subject: Subject, metric: Metric, context: Context
) -> Certainty:
    """How sure a statement about `subject` at those tokens is; its place among others is none that it counts itself."""
    hedge = hedge_at(sentence, start, stop)
    if hedge:
        return hedge
    return Certainty.CONFIRMED if _says_so_itself(sentence, subject, metric, context) else Certainty.ESTIMATE


def _says_so_itself(sentence: Sentence, subject: Subject, metric: Metric, context: Context) -> bool:
    """True where a vendor speaks of itself and no analyst does."""
    if subject.total or len(subject.vendors) != 1:
        return False
    if sentence.sorted_names(Sort.ANALYST) or sentence.cues.any(0, len(sentence.tokens), "counts"):
        return False
    if sentence.cues.any(0, len(sentence.tokens), "said", "ours"):
        others = {name.slug for name in sentence.sorted_names(Sort.VENDOR)} - set(subject.vendors)
        return not others and not (
            context.analyst_spoke and not sentence.cues.any(0, len(sentence.tokens), "company", "ours")
        )
    return context.own_word == subject.vendors[0] and not context.analysts and metric is not Metric.RANK
