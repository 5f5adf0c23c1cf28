"""Subscriptions asked for in words: made, ended, listed; the same in Telegram, terminal and command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product as each_of

from sqlmodel import Session

from bot.answers.answer import (
    Answer,
    Argument,
    Joined,
    Line,
    NoFacts,
    Several,
    Style,
    detail,
    lead,
    named,
    note,
    place_of,
    several,
    words,
)
from bot.answers.launch_date import answer as launch_date_answer
from bot.answers.respond import respond
from bot.languages.marks import translatable
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
    Kinds.LAUNCH: words("launches"), Kinds.MILESTONE: words("milestones"), Kinds.CORRECTION: words("corrections"),
    Kinds.FACT: words("new figures and news"),
}  # fmt: skip
_KINDS = {Intent.LAUNCH_DATE: Kinds.LAUNCH, Intent.MILESTONES: Kinds.MILESTONE}
TRY = (
    words("Tell me when Xiaomi launches in France"), words("Subscribe to Samsung"),
    words("Notify me of launches in India"),
)  # fmt: skip
NO_CHAT = translatable(
    "I can tell a chat, and here I know of none. Ask me in Telegram, or name a chat: vendorbot ask --chat ID."
)
ENDED = translatable("Done. I tell you no more of {what}.")
LEFT = translatable("I still tell you of {what}.")
RESTING = translatable("Paused: {what}. I keep it, and tell you nothing of it until you turn it on again.")
WAKING = translatable("/subscriptions turns it on again.")
NOT_THAT = translatable("You had not subscribed to that. You have subscribed to:")
NOTHING_HERE = translatable("You have no subscriptions here, so I tell you of nothing by myself.")
NOT_ADMIN = translatable(
    "In a group only its admins can change what I tell you all. Ask one of them, or ask me in private."
)


@dataclass(frozen=True)
class Here:
    """The chat that is asked from. `allowed`: whoever asks may change what it is told; `spoken`: in which language
    the chat is spoken to, where that is known."""

    address: str
    person: str = ""
    thread_id: int = Whole
    kind: ChatKind | None = None
    title: str = ""
    allowed: bool = True
    spoken: str = ""


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
    chat = chat_at(session, here.address, here.kind or kind_of_address(here.address), here.title, here.spoken)
    made = [subscribe(session, chat.id or 0, wish, here.person, here.thread_id) for wish in wishes]
    return [known for known, _ in made], any(new for _, new in made)


def described(wish: Wish, catalogue: Catalogue) -> Line:
    """What a subscription is about, as words that follow "I tell you of": launches of Xiaomi in France."""
    kinds = Several(tuple(said for kind, said in _KIND_WORDS.items() if kind in wish.kinds), Joined.LIST)
    no = words("")
    sure = words(", only if {certainty} or surer", certainty=wish.least_certainty)
    if wish.least_certainty is Certainty.CONFIRMED:
        sure = words(", only if {certainty}", certainty=wish.least_certainty)
    arguments: dict[str, Argument] = {
        "what": words("everything") if wish.kinds is Kinds.ALL else kinds,
        "there": words(" {where}", where=place_of(wish.region, catalogue)) if wish.region else no,
        "sure": no if wish.least_certainty is Certainty.RUMOURED else sure,
        "vendor": catalogue.name(wish.vendor or ""),
    }
    if wish.product:
        maker, name = catalogue.name(wish.vendor or ""), catalogue.name(wish.product)
        product = name if name.startswith(maker) or not maker else f"{maker} {name}"
        return words("{what} of the {product}{there}{sure}", **arguments, product=product)
    if wish.vendor and wish.kinds is Kinds.ALL:
        return words("{what} about {vendor}{there}{sure}", **arguments)
    return words("{what} of {vendor}{there}{sure}" if wish.vendor else "{what}{there}{sure}", **arguments)


def _subscribe(query: Query, session: Session, facts: Facts, here: Here) -> Answer:
    wishes = wishes_of(query)
    if not wishes:
        asking = (
            lead("What shall I tell you of? Name a vendor, a place or both."),
            note("Or: subscribe to everything."),
        )
        return Answer(query, False, (), asking, suggestions=TRY)
    if len(subscriptions_of(session, here.address)) + len(wishes) > _MOST_OF_A_CHAT:
        full = lead("This chat has {count} subscriptions, which is the most there can be.", count=_MOST_OF_A_CHAT)
        return Answer(query, False, (), (full, detail("/subscriptions removes some.")))
    made, new = make(session, here, wishes)
    opening = translatable("Done. I will tell you here of {what}.")
    if not new:
        opening = translatable("You have that already: I tell you here of {what}.")
    what = tuple(described(one.wish, facts.catalogue) for one in made)
    lines = [lead(opening, what=Several(what, Joined.AND))]
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


def _what(known: Sequence[KnownSubscription], facts: Facts) -> Several:
    return Several(tuple(described(one.wish, facts.catalogue) for one in known[:_SHOWN]), Joined.SEMICOLON)


def _list(query: Query, session: Session, facts: Facts, here: Here) -> Answer:
    every = subscriptions_of(session, here.address, here.thread_id)
    asked = [one for one in every if one.wish.vendor in query.vendors] if query.vendors else every
    if asked:
        opening = lead("Yes. I tell you of:") if query.vendors else lead("I tell you here of:")
        lines = [opening, *_lines(asked, facts)]
    elif query.vendors:
        lines = [lead("No, you have not subscribed to {names}.", names=several(query.vendors, facts))]
    else:
        lines = [lead("You have no subscriptions here yet."), note("Say for example: {example}", example=TRY[0])]
    return Answer(query, True, _heading(query, facts), tuple(lines))


def _lines(known: Sequence[KnownSubscription], facts: Facts) -> list[Line]:
    return [
        Line(
            translatable("• {what} (paused)") if one.paused else translatable("• {what}"),
            {"what": described(one.wish, facts.catalogue)},
        )
        for one in known[:_SHOWN]
    ]


def _heading(query: Query, facts: Facts) -> tuple[Argument, ...]:
    about = (*query.vendors, *([query.product] if query.product else []), *query.regions)
    return (*(named(one, facts) for one in about), words("alerts"))
