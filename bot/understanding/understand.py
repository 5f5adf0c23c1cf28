"""Text to Query: what a question asks, by the phrasing it is most like and the names in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.clues import clues
from bot.understanding.lexicon import Kind, Lexicon
from bot.understanding.phrasings import Candidate, Phrasings, build_phrasings, features_of
from bot.understanding.query import Aspect, Intent, Query
from bot.understanding.spans import Reading, Span, read
from bot.understanding.stories import Pointer, find_stories
from bot.understanding.text import words
from bot.understanding.weights import Weights, read_weights
from store.catalogue import Catalogue
from store.period import Kind as Length
from store.words import Metric

LEAST_FIT = 0.74  # below this a phrasing is not what was meant
LEAST_FIT_NAMELESS = 0.9  # with no vendor, product or place named, only a near-perfect fit is believed ...
LEAST_FIT_DOMAIN = 0.76  # ... unless its words are of the trade
EXACT_FIT = 0.97
LEAST_STORY = 0.66
_ABOUT_FACTS = {
    Intent.VALUE, Intent.LEADER, Intent.RANKING, Intent.COMPARE, Intent.TOTAL, Intent.TREND, Intent.GROWTH,
    Intent.RECORD, Intent.CROSSING,
}  # fmt: skip
_HARMLESS = {Intent.HELP, Intent.GREETING, Intent.SUBSCRIPTIONS}  # answered with no fact
_BEFORE_PLACE = {"in", "to", "into", "from", "for", "en", "em", "v", "vs", "versus", "than", "and", "or"}
_NOT_ABOUT_GROWTH = {
    Intent.TREND,
    Intent.RECORD,
    Intent.VALUE,
    Intent.TOTAL,
    Intent.RANKING,
    Intent.LEADER,
    Intent.CROSSING,
}
_NOT_OURS_YIELDS = 0.15  # a question that only looks like ours may be told by a headline after all
_TRADE = {"phone", "vendor", "ship", "share", "market", "top", "{position}", "{period}", "launch", "grow"}
_METRIC = {"share": Metric.MARKET_SHARE, "rank": Metric.RANK}


@dataclass(frozen=True)
class Understanding:
    """What questions are read with: the lexicon of names and words, and the phrasings of each intent."""

    lexicon: Lexicon
    phrasings: Phrasings
    weights: Weights

    @classmethod
    def of(cls, catalogue: Catalogue) -> Understanding:
        from bot.understanding.lexicon import build_lexicon

        lexicon = build_lexicon(catalogue)
        return cls(lexicon, build_phrasings(lexicon), read_weights())

    def understand(self, text: str, today: date, previous: Query | None = None) -> Query:
        """Read one question; `previous` is what the same person asked just before in the same chat, if anything.

        The query's intent is None where the text is none of the bot's business."""
        from bot.understanding.conversation import follow

        typed = words(text)
        reading = read(typed, self.lexicon, today)
        query = self.query(text, today, reading)
        query = follow(self, query, reading, previous) if previous else query
        if query.intent is None or query.unknown:
            sure = bool(query.vendors or query.regions or _of_the_trade(query, reading))
            generous = read(typed, self.lexicon, today, generous=True)
            again = self.query(text, today, generous)
            again = follow(self, again, generous, previous) if previous else again
            if again.intent is not None and not again.unknown and (sure or again.intent in _HARMLESS):
                return replace(again, confidence=round(again.confidence * 0.9, 3))
        return query

    def query(self, text: str, today: date, reading: Reading, given: Collection[str] = ()) -> Query:
        """The query of a reading; `given` are slots such as {vendor} that the conversation has already."""
        features = features_of(reading, self.lexicon.ordinary) | frozenset(given)
        query = _named(text, today, reading, self.lexicon)
        if not reading.words or not features:
            return query
        candidates = self.phrasings.best(features, follows=bool(given))
        pointers = find_stories(reading, self.lexicon)
        query = replace(query, stories=tuple(pointer.story for pointer in pointers))
        best = candidates[0] if candidates else None
        told = _told(pointers, best)
        if told:
            intent = Intent.MILESTONES if told.story.kind == "milestone" else Intent.NEWS
            return replace(query, intent=intent, confidence=round(min(told.score, 1.0) * reading.surest, 3))
        likely = self.weights.likely(clues(reading, self.lexicon.ordinary, given))
        intent, sureness = _decided(candidates, likely, features)
        if intent is None:
            return self._unknown_name(query, reading, features)
        query = replace(query, intent=intent, confidence=round(sureness * reading.surest, 3))
        strange = _strange(reading, self.lexicon, intent)
        if strange:
            return replace(query, unknown=strange)
        return _settled(query, features, self.lexicon)

    def told_of(self, query: Query, reading: Reading, product: str) -> Query | None:
        """The query as one about a product spoken of before, where a headline about it explains the question."""
        maker = self.lexicon.catalogue.products[product].vendor
        pointers = find_stories(reading, self.lexicon, about=product)
        if not pointers or pointers[0].score < LEAST_STORY:
            return None
        stories = tuple(pointer.story for pointer in pointers)
        intent = Intent.MILESTONES if stories[0].kind == "milestone" else Intent.NEWS
        return replace(
            query, intent=intent, vendors=(maker,), product=product, stories=stories, unknown=(), follows=True,
            confidence=round(min(pointers[0].score, 1.0), 3),
        )  # fmt: skip

    def _unknown_name(self, query: Query, reading: Reading, features: frozenset[str]) -> Query:
        """See whether the question would be one of ours if its strange words were a name."""
        strange = tuple(span.typed for span in reading.unknown if not span.typed.isdigit())
        if not 0 < len(strange) <= 3:
            return query
        rest = frozenset(feature for feature in features if not feature.startswith("w:"))
        for slot in ("{vendor}", "{region}"):
            if slot in rest:
                continue
            best = self.phrasings.best(rest | {slot}, most=1)
            if best and best[0].score >= 0.85 and best[0].phrasing.intent and (len(rest) >= 2 or rest & _TRADE):
                return replace(query, intent=best[0].phrasing.intent, unknown=strange)
        return query


def _decided(
    candidates: list[Candidate], likely: list[tuple[Intent | None, float]], features: frozenset[str]
) -> tuple[Intent | None, float]:
    """The intent of a question, None where it is none of the bot's business, and how sure that is."""
    best = candidates[0] if candidates else None
    chance = dict(likely)
    exact = [one for one in candidates if one.score >= EXACT_FIT]
    if exact:
        surest = max(exact, key=lambda one: (one.score, chance.get(one.phrasing.intent, 0.0)))
        return surest.phrasing.intent, max(surest.score, chance.get(surest.phrasing.intent, 0.0))
    named = features & {"{vendor}", "{product}", "{region}"}
    fit = best.score if best else 0.0
    intent, sureness = likely[0]
    if intent is None:
        return None, sureness
    if intent in _HARMLESS or named or features & _TRADE:
        return (intent, sureness) if sureness > 0.3 else (None, sureness)
    return (intent, sureness) if fit >= LEAST_FIT and sureness > 0.7 else (None, sureness)


def _of_the_trade(query: Query, reading: Reading) -> bool:
    """True where words besides names show that a question is about the phone market."""
    return bool(_concepts(reading.spans) & _TRADE) and (query.period is not None or query.amount is not None)


def _told(pointers: list[Pointer], best: Candidate | None) -> Pointer | None:
    """The story a question is about, where that explains it better than any phrasing does."""
    if not pointers or pointers[0].score < LEAST_STORY:
        return None
    fit = best.score - (0.0 if best.phrasing.intent else _NOT_OURS_YIELDS) if best else 0.0
    if best and best.phrasing.intent in (Intent.NEWS, Intent.SOURCE) and best.score >= LEAST_FIT:
        return None
    return pointers[0] if pointers[0].score > fit + 0.05 else None


def _strange(reading: Reading, lexicon: Lexicon, intent: Intent) -> tuple[str, ...]:
    """Words in no language file and no dictionary that stand where a name should: one that the store does not know.

    Where a vendor is named already, such a word is a slip of the finger, unless it comes after "in" or beside "vs"."""
    vendors = reading.slugs(Kind.VENDOR) + reading.slugs(Kind.PRODUCT)
    lacking = not vendors or (intent is Intent.COMPARE and len(vendors) < 2)
    return tuple(
        span.typed
        for span in reading.unknown
        if span.typed not in lexicon.ordinary
        and not span.typed.isdigit()
        and len(span.typed) > 2
        and (
            lacking
            or (span.start and reading.words[span.start - 1] in _BEFORE_PLACE and not reading.slugs(Kind.REGION))
        )
    )


def _named(text: str, today: date, reading: Reading, lexicon: Lexicon) -> Query:
    """The slots of a query, as far as names and numbers give them."""
    vendors, products = reading.slugs(Kind.VENDOR), reading.slugs(Kind.PRODUCT)
    if products:
        maker = lexicon.catalogue.products[products[0]].vendor
        vendors = vendors if maker in vendors else (maker,)
    found = reading.found[0] if reading.found else None
    position = next((one for one in reading.positions), None)
    concepts = _concepts(reading.spans)
    metric = next((metric for concept, metric in _METRIC.items() if concept in concepts), None)
    if "grow" in concepts or "fastest" in concepts or "slowest" in concepts:
        metric = Metric.GROWTH
    if reading.percent and metric is None and not concepts & {"fastest", "slowest"}:
        metric = Metric.MARKET_SHARE
    if metric is None and concepts & {"ship", "howmany"}:
        metric = Metric.SHIPMENTS
    return Query(
        text=text,
        today=today,
        vendors=vendors,
        metric=metric,
        regions=reading.slugs(Kind.REGION),
        period=found.period if found else None,
        days=found.days if found else None,
        product=products[0] if products else None,
        position=position,
        amount=reading.amounts[0] if reading.amounts else None,
        aspects=frozenset(aspect for aspect in Aspect if aspect.value in concepts),
        unit=reading.units[0] if reading.units else None,
        said_by=reading.said_by,
    )


def _concepts(spans: Collection[Span]) -> set[str]:
    return {span.entry.value for span in spans if span.entry and span.entry.kind in (Kind.CONCEPT, Kind.QUESTION)}


def _of_one_house(query: Query, lexicon: Lexicon) -> bool:
    """True where one of the vendors named is a brand of another."""
    return any(lexicon.catalogue.vendors[vendor].parent in query.vendors for vendor in query.vendors)


def _settled(query: Query, features: frozenset[str], lexicon: Lexicon) -> Query:
    """Fill in what an intent implies, and turn an intent that the names contradict into the one they fit."""
    intent, metric = query.intent, query.metric
    if intent in (Intent.VALUE, Intent.PROFILE) and len(query.vendors) > 1 and "own" not in features:
        intent = Intent.COMPARE
    if intent is Intent.COMPARE and _of_one_house(query, lexicon) and features & {"own", "vendor"}:
        intent = Intent.PROFILE
    if intent is Intent.COMPARE and len(query.vendors) == 1:
        intent = Intent.VALUE
    if (
        intent is Intent.LAUNCH_LIST
        and ("upcoming" in features or Aspect.FUTURE in query.aspects)
        and "first" not in features
    ):
        intent = Intent.UPCOMING
    if intent is Intent.VALUE and not query.vendors:
        intent = Intent.TOTAL
    ahead = bool({Aspect.FUTURE, Aspect.FORECAST} & query.aspects)
    if intent is Intent.CROSSING and ahead and len(query.vendors) <= 2:
        intent = Intent.LEADER
    if intent is Intent.LEADER and "when" in features and query.vendors and Aspect.PAST in query.aspects and not ahead:
        intent = Intent.CROSSING
    lasting = Aspect.PAST in query.aspects or "since" in query.text.casefold() or "first" in features
    if (
        intent is Intent.CROSSING
        and len(query.vendors) == 1
        and query.amount is None
        and not lasting
        and "when" in features
    ):
        intent = Intent.LEADER
    if Aspect.AVERAGE in query.aspects and intent in (Intent.VALUE, Intent.TOTAL, Intent.TREND):
        intent = Intent.RECORD
    if intent in (Intent.VALUE, Intent.TOTAL) and query.period and query.period.kind is Length.RANGE:
        intent = Intent.TREND if len(query.period.parts) > 1 else intent
    if intent is Intent.VALUE and (query.position or "list" in features) and metric is None:
        metric = Metric.RANK
    if intent is Intent.LAUNCH_DATE and "phone" in features and features & {"which", "what"} and not query.product:
        query = replace(query, aspects=query.aspects | {Aspect.PHONE})
    if intent is Intent.SOURCE:
        about = Intent.LAUNCH_DATE if "launch" in features or query.product else None
        query = replace(query, about=about or (Intent.VALUE if features & {"ship", "share", "rank"} else None))
    if intent in (Intent.RANKING, Intent.LEADER) and metric is Metric.RANK:
        metric = Metric.SHIPMENTS if "ship" in features else None
    if intent is Intent.RECORD and metric is Metric.GROWTH and Aspect.STREAK in query.aspects:
        return replace(query, intent=intent, metric=metric)
    if intent in _NOT_ABOUT_GROWTH and metric is Metric.GROWTH:
        metric = Metric.MARKET_SHARE if "share" in features else None
    if intent not in (*_ABOUT_FACTS, Intent.SOURCE, Intent.MILESTONES):
        metric = None
    return replace(query, intent=intent, metric=metric)
