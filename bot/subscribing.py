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
from store.alert_tables import ChatKind, Kinds, Whole
from store.catalogue import Catalogue
from store.chats import chat_at, kind_of_address, revive_chat
from store.facts import Facts
from store.subscriptions import KnownSubscription, Wish, remove, subscribe, subscriptions_of
from store.words import Certainty

ABOUT_SUBSCRIPTIONS = (Intent.SUBSCRIBE, Intent.UNSUBSCRIBE, Intent.SUBSCRIPTIONS)
CHANGING = (Intent.SUBSCRIBE, Intent.UNSUBSCRIBE)
_MOST_AT_ONCE = 12
_MOST_OF_A_CHAT = 100
_SHOWN = 20
_EVERYTHING = {"all", "everything", "anything", "alles", "todo", "tudo", "всё", "все", "सब", "全部"}
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
    sure = words(", {certainty} or surer", certainty=wish.least_certainty)
    if wish.least_certainty is Certainty.CONFIRMED:
        sure = words(", {certainty}", certainty=wish.least_certainty)
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
    kinds = _KINDS.get(query.about, Kinds.ALL) if query.about else Kinds.ALL
    if query.product and kinds is Kinds.ALL:
        kinds = Kinds.LAUNCH | Kinds.FACT
    everything = bool(_EVERYTHING & {word.strip("!.?,") for word in query.text.casefold().split()})
    if not (query.vendors or query.regions or query.product or query.about or everything):
        return []
    pairs = each_of(query.vendors or (None,), query.regions or (None,))
    return [Wish(vendor, region, query.product, kinds) for vendor, region in pairs][:_MOST_AT_ONCE]


def _known_launch(query: Query, facts: Facts) -> list[Line]:
    """What is known of the launch already that somebody waits for."""
    if not query.regions or not (query.vendors or query.product) or query.about is Intent.MILESTONES:
        return []
    try:
        known = launch_date_answer(replace(query, intent=Intent.LAUNCH_DATE), facts)
    except NoFacts:
        return []
    return [detail("What I know so far:"), replace(known.lines[0], style=Style.DETAIL)] if known.lines[0].source else []


def _unsubscribe(query: Query, session: Session, facts: Facts, here: Here) -> Answer:
    every = subscriptions_of(session, here.address, here.thread_id)
    kinds = _KINDS.get(query.about) if query.about else None
    ending = [
        one
        for one in every
        if (not query.vendors or one.wish.vendor in query.vendors)
        and (not query.regions or one.wish.region in query.regions)
        and (not query.product or one.wish.product == query.product)
        and (kinds is None or one.wish.kinds & kinds)
    ]
    remove(session, [one.row_id for one in ending])
    if ending:
        what = Several(tuple(described(one.wish, facts.catalogue) for one in ending[:_SHOWN]), Joined.SEMICOLON)
        lines = [lead("Done. I tell you no more of {what}.", what=what)]
    elif every:
        lines = [lead("You had not subscribed to that. You have subscribed to:"), *_lines(every, facts)]
    else:
        lines = [lead("You have no subscriptions here, so I tell you of nothing by myself.")]
    return Answer(query, True, _heading(query, facts), tuple(lines))


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
