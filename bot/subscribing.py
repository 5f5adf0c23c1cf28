"""Subscriptions asked for in words: made, ended, listed; the same in Telegram, terminal and command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product as each_of

from sqlmodel import Session

from bot.answers.answer import Answer, Line, NoFacts, Style, detail, lead, note
from bot.answers.launch_date import answer as launch_date_answer
from bot.answers.respond import respond
from bot.understanding.query import Intent, Query
from bot.understanding.wishes import wanted
from store.alert_tables import ChatKind, Kinds, Whole
from store.catalogue import Catalogue
from store.chats import chat_at, kind_of_address, revive_chat
from store.facts import Facts
from store.subscriptions import KnownSubscription, Wish, change, pause, remove, subscribe, subscriptions_of
from store.words import Certainty

ABOUT_SUBSCRIPTIONS = (Intent.SUBSCRIBE, Intent.UNSUBSCRIBE, Intent.SUBSCRIPTIONS)
CHANGING = (Intent.SUBSCRIBE, Intent.UNSUBSCRIBE)
_MOST_AT_ONCE = 12
_MOST_OF_A_CHAT = 100
_SHOWN = 20
_KIND_WORDS = {
    Kinds.LAUNCH: "launches", Kinds.MILESTONE: "milestones", Kinds.CORRECTION: "corrections",
    Kinds.FACT: "new figures and news",
}  # fmt: skip
_KINDS = {Intent.LAUNCH_DATE: Kinds.LAUNCH, Intent.MILESTONES: Kinds.MILESTONE}
_TRY = ("Tell me when Xiaomi launches in France", "Subscribe to Samsung", "Notify me of launches in India")
NO_CHAT = "I can tell a chat, and here I know of none. Ask me in Telegram, or name a chat: vendorbot ask --chat ID."
EVERYTHING = "Or: subscribe to everything."
ENDED = "Done. I tell you no more of {what}."
LEFT = "I still tell you of {what}."
RESTING = "Paused: {what}. I keep it, and tell you nothing of it until you turn it on again."
WAKING = "/subscriptions turns it on again."
NOT_THAT = "You had not subscribed to that. You have subscribed to:"
NOTHING_HERE = "You have no subscriptions here, so I tell you of nothing by myself."
NOT_ADMIN = "In a group only its admins can change what I tell you all. Ask one of them, or ask me in private."


@dataclass(frozen=True)
class Here:
    """The chat that is asked from. `allowed`: whoever asks may change what the chat is told."""

    address: str
    person: str = ""
    thread_id: int = Whole
    kind: ChatKind | None = None
    title: str = ""
    allowed: bool = True


def answer_about_subscriptions(query: Query, session: Session, catalogue: Catalogue, here: Here | None) -> Answer:
    """Do what a query about subscriptions asks, and say so. The session must be writing, and is left uncommitted."""
    facts = Facts(session, catalogue)
    if query.unknown:
        return respond(query, facts)
    if here is None:
        return Answer(query, False, (), (lead(NO_CHAT),))
    if query.intent in CHANGING and not here.allowed:
        return Answer(query, False, (), (lead(NOT_ADMIN),))
    match query.intent:
        case Intent.SUBSCRIBE:
            return _subscribe(query, session, facts, here)
        case Intent.UNSUBSCRIBE:
            return _unsubscribe(query, session, facts, here)
        case _:
            return _list(query, session, facts, here)


def make(session: Session, here: Here, wishes: Sequence[Wish]) -> tuple[list[KnownSubscription], bool]:
    """Subscribe a chat to each of these; returns them, and whether any of them is new."""
    revive_chat(session, here.address)
    chat = chat_at(session, here.address, here.kind or kind_of_address(here.address), here.title)
    made = [subscribe(session, chat.id or 0, wish, here.person, here.thread_id) for wish in wishes]
    return [known for known, _ in made], any(new for _, new in made)


def described(wish: Wish, catalogue: Catalogue) -> str:
    """What a subscription is about, as words that follow "I tell you of": launches of Xiaomi in France."""
    named = [words for kind, words in _KIND_WORDS.items() if kind in wish.kinds]
    what = "everything" if wish.kinds is Kinds.ALL else " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    if wish.product:
        maker, name = catalogue.name(wish.vendor or ""), catalogue.name(wish.product)
        what += f" of the {name if name.startswith(maker) or not maker else f'{maker} {name}'}"
    elif wish.vendor:
        what += f" {'about' if wish.kinds is Kinds.ALL else 'of'} {catalogue.name(wish.vendor)}"
    if wish.region:
        what += " worldwide" if wish.region == "world" else f" in {catalogue.name(wish.region)}"
    if wish.least_certainty is not Certainty.RUMOURED:
        surer = "" if wish.least_certainty is Certainty.CONFIRMED else " or surer"
        what += f", only if {wish.least_certainty.value}{surer}"
    return what


def _subscribe(query: Query, session: Session, facts: Facts, here: Here) -> Answer:
    wishes = wishes_of(query)
    if not wishes:
        asking = (
            lead("What shall I tell you of? Name a vendor, a place or both."),
            note("Or: subscribe to everything."),
        )
        return Answer(query, False, (), asking, suggestions=_TRY)
    if len(subscriptions_of(session, here.address)) + len(wishes) > _MOST_OF_A_CHAT:
        full = lead("This chat has {count} subscriptions, which is the most there can be.", count=_MOST_OF_A_CHAT)
        return Answer(query, False, (), (full, detail("/subscriptions removes some.")))
    made, new = make(session, here, wishes)
    opening = "Done. I will tell you here of {what}." if new else "You have that already: I tell you here of {what}."
    lines = [lead(opening, what=" and ".join(described(one.wish, facts.catalogue) for one in made))]
    lines += _known_launch(query, facts)
    lines.append(note("/subscriptions shows and changes what I tell you of."))
    return Answer(query, True, _heading(query, facts), tuple(lines))


def wishes_of(query: Query) -> list[Wish]:
    """What a query wants to be told of; nothing where it names nothing."""
    asked, kinds = wanted(query.text), _kinds(query)
    if query.product and not kinds:
        kinds = Kinds.LAUNCH | Kinds.FACT
    if not (query.vendors or query.regions or query.product or kinds or asked.everything):
        return []
    pairs = each_of(query.vendors or (None,), query.regions or (None,))
    least = asked.least or Certainty.RUMOURED
    return [Wish(vendor, region, query.product, kinds or Kinds.ALL, least) for vendor, region in pairs][:_MOST_AT_ONCE]


def _kinds(query: Query) -> Kinds:
    """The kinds that a query names; none where it names none."""
    kinds = _KINDS[query.about] if query.about in _KINDS else Kinds(0)
    for name in wanted(query.text).kinds:
        kinds |= Kinds[name.upper()]
    return kinds


def _known_launch(query: Query, facts: Facts) -> list[Line]:
    """What is known of the launch already that somebody waits for."""
    if not query.regions or not (query.vendors or query.product) or not (_kinds(query) or Kinds.ALL) & Kinds.LAUNCH:
        return []
    try:
        known = launch_date_answer(replace(query, intent=Intent.LAUNCH_DATE), facts)
    except NoFacts:
        return []
    return [detail("What I know so far:"), replace(known.lines[0], style=Style.DETAIL)] if known.lines[0].source else []


def _unsubscribe(query: Query, session: Session, facts: Facts, here: Here) -> Answer:
    """End what is named, or everything; of a subscription to more kinds than are named, only these."""
    every, kinds = subscriptions_of(session, here.address, here.thread_id), _kinds(query)
    ending = [
        one
        for one in every
        if (not query.vendors or one.wish.vendor in query.vendors)
        and (not query.regions or one.wish.region in query.regions)
        and (not query.product or one.wish.product == query.product)
        and (not kinds or one.wish.kinds & kinds)
    ]
    if not ending:
        lines = [lead(NOT_THAT), *_lines(every, facts)] if every else [lead(NOTHING_HERE)]
        return Answer(query, True, _heading(query, facts), tuple(lines))
    if wanted(query.text).rest:
        pause(session, [one.row_id for one in ending])
        return Answer(query, True, _heading(query, facts), (lead(RESTING, what=_what(ending, facts)), note(WAKING)))
    parted = [one for one in ending if kinds and one.wish.kinds & ~kinds]
    remove(session, [one.row_id for one in ending if one not in parted])
    for one in parted:
        change(session, one.row_id, replace(one.wish, kinds=one.wish.kinds & ~kinds))
    ended = [replace(one, wish=replace(one.wish, kinds=one.wish.kinds & kinds)) if kinds else one for one in ending]
    lines = [lead(ENDED, what=_what(ended, facts))]
    if parted:
        left = [replace(one, wish=replace(one.wish, kinds=one.wish.kinds & ~kinds)) for one in parted]
        lines.append(detail(LEFT, what=_what(left, facts)))
    return Answer(query, True, _heading(query, facts), tuple(lines))


def _what(known: Sequence[KnownSubscription], facts: Facts) -> str:
    return "; ".join(described(one.wish, facts.catalogue) for one in known[:_SHOWN])


def _list(query: Query, session: Session, facts: Facts, here: Here) -> Answer:
    every = subscriptions_of(session, here.address, here.thread_id)
    asked = [one for one in every if one.wish.vendor in query.vendors] if query.vendors else every
    names = ", ".join(facts.name(vendor) for vendor in query.vendors)
    if asked:
        lines = [lead("Yes. I tell you of:" if query.vendors else "I tell you here of:"), *_lines(asked, facts)]
    elif query.vendors:
        lines = [lead("No, you have not subscribed to {names}.", names=names)]
    else:
        lines = [lead("You have no subscriptions here yet."), note("Say for example: {example}", example=_TRY[0])]
    return Answer(query, True, _heading(query, facts), tuple(lines))


def _lines(known: Sequence[KnownSubscription], facts: Facts) -> list[Line]:
    return [
        detail("• {what}" + (" (paused)" if one.paused else ""), what=described(one.wish, facts.catalogue))
        for one in known[:_SHOWN]
    ]


def _heading(query: Query, facts: Facts) -> tuple[str, ...]:
    named = (*query.vendors, *([query.product] if query.product else []), *query.regions)
    return (*map(facts.name, named), "alerts")
