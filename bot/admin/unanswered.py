"""What people asked in vain, the most wanted first, and a way to teach the bot a word of it in two taps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from bot.admin.bench import Bench
from bot.admin.card import Button, Card, card, in_rows
from bot.admin.roles import actor
from bot.admin.teaching import (
    METRICS,
    Meaning,
    TeachingError,
    checked,
    exactly,
    meaning_of,
    meanings,
    teach_word,
    withdraw_word,
)
from bot.languages.spoken import ENGLISH, NAMES
from bot.understanding.lexicon import Kind
from bot.understanding.spans import read
from bot.understanding.text import words
from bot.views.text import plain
from bot.views.wording import word as in_words
from store.engine import reading, writing
from store.taught import Means
from store.wanted import Reason, State, WantedQuestion, most_wanted, set_state, wanted_question

PATTERN = "^want:"
_AT_ONCE = 5
_MOST_WORDS = 6
NOTHING = "Nothing is open: everything that was asked in vain has been dealt with."
HEAD = "What people asked and I could not answer, the most wanted first ({first} to {last} of {all}):"
ONE = "{place}. {count}× {text}"
GONE = "That question is no longer kept."
NO_BUTTON = "That button no longer works. /unanswered shows the list anew."
HOW_OFTEN = "Asked {count} times, first on {first}, last on {last}."
ONCE = "Asked once, on {first}."
IN_LANGUAGE = "In {language}."
WHICH_WORD = "Which word should I learn? Dismiss takes the question from the list."
WHAT_MEANS = "What is “{word}” another name of? For one that is not below: /teach {word} = its name"
TAUGHT = "From now on I read “{word}” as {name} ({kind})."
NOW = "The question is answered like this now:"
KNOWN = "I read “{word}” as {name} already."
TAKEN_BACK = "“{word}” is no longer read as {name}."
USAGE = "Write the word and what it is another name of: /teach doogee = Xiaomi. /unanswered shows what people asked."
WHICH_NAME = "I know no vendor, region or metric called {name}. Do you mean one of these?"
NO_NAME = "I know no vendor, region or metric called {name}. Is it spelled right?"
_WHY = {
    Reason.NOT_UNDERSTOOD: "I did not understand it.",
    Reason.UNKNOWN_NAME: "I knew no vendor, product or place called “{word}”.",
    Reason.NO_FACTS: "I understood it, and the store has no such facts.",
    Reason.CORRECTED: "I read it wrong; meant was: {chosen}",
}
_SHORT = {
    Reason.NOT_UNDERSTOOD: "not understood",
    Reason.UNKNOWN_NAME: "who is {word}?",
    Reason.NO_FACTS: "no facts",
    Reason.CORRECTED: "meant: {chosen}",
}
_LETTERS = {Means.VENDOR: "v", Means.REGION: "r", Means.METRIC: "m"}


@dataclass(frozen=True)
class Unanswered:
    """The list and its buttons. Each method waits for the database and raises StoreError."""

    bench: Bench

    def listed(self, first: int = 0) -> Card:
        """A part of the list, from the first-th on."""
        self.bench.answering.all_kept()
        with reading(self.bench.engine) as session:
            found, count = most_wanted(session, first, _AT_ONCE)
        if not found:
            return self.listed() if first and count else card(NOTHING)
        lines = [HEAD.format(first=first + 1, last=first + len(found), all=f"{count:,}")]
        for place, one in enumerate(found, first + 1):
            lines.append(ONE.format(place=place, count=f"{one.count:,}", text=one.text))
            lines.append(f"    {_SHORT[one.reason].format(word=one.word, chosen=one.chosen)}")
        numbers = [Button(f"{place}", f"want:q:{one.row_id}:{first}") for place, one in enumerate(found, first + 1)]
        pages = [Button("◀", f"want:p:{max(0, first - _AT_ONCE)}")] if first else []
        pages += [Button("▶", f"want:p:{first + _AT_ONCE}")] if first + len(found) < count else []
        return card("\n".join(lines), [numbers, pages])

    def press(self, person_id: int, data: str) -> Card:
        """Do what a button says: want:p:FIRST, want:q:ROW:FIRST, want:d:ROW:FIRST, want:w:ROW:WORD,
        want:t:ROW:KIND:VALUE:WORD, want:u:TAUGHT:ROW."""
        match data.split(":")[1:]:
            case ["p", first] if first.isdecimal():
                return self.listed(int(first))
            case ["q", row, first] if row.isdecimal() and first.isdecimal():
                return self._question(int(row), int(first))
            case ["d", row, first] if row.isdecimal() and first.isdecimal():
                with writing(self.bench.engine) as session:
                    set_state(session, int(row), State.DISMISSED)
                return self.listed(int(first))
            case ["w", row, word] if row.isdecimal():
                return self._word(int(row), word)
            case ["t", row, letter, value, word] if row.isdecimal():
                means = next((one for one, sign in _LETTERS.items() if sign == letter), None)
                meaning = meaning_of(means, value, self.bench.lexicon) if means else None
                return self._teach(person_id, int(row), word, meaning) if meaning else _notice(NO_BUTTON)
            case ["u", taught, row] if taught.isdecimal() and row.isdecimal():
                return self._take_back(person_id, int(taught), int(row))
        return _notice(NO_BUTTON)

    def teach(self, person_id: int, text: str) -> Card:
        """/teach WORD = NAME"""
        word, sign, name = (part.strip() for part in text.partition("="))
        if not (word and sign and name):
            return card(USAGE)
        try:
            word = checked(word, self.bench.lexicon)
        except TeachingError as error:
            return card(str(error))
        meaning = exactly(name, self.bench.lexicon)
        if meaning:
            return self._teach(person_id, 0, word, meaning)
        found = meanings(name, self.bench.lexicon)
        return card((WHICH_NAME if found else NO_NAME).format(name=name[:64]), in_rows(_taught_by(found, 0, word)))

    def _question(self, row_id: int, first: int) -> Card:
        one = self._kept(row_id)
        if one is None:
            return _notice(GONE)
        asked = (HOW_OFTEN if one.count > 1 else ONCE).format(
            count=f"{one.count:,}", first=in_words(one.first_on), last=in_words(one.last_on)
        )
        if one.language not in ("", ENGLISH):
            asked += " " + IN_LANGUAGE.format(language=NAMES.get(one.language, one.language))
        why = _WHY[one.reason].format(word=one.word, chosen=one.chosen)
        known = [Button(f"Teach “{word}”"[:60], f"want:w:{row_id}:{word}") for word in self._words(one)]
        last = [Button("Dismiss", f"want:d:{row_id}:{first}"), Button("Back", f"want:p:{first}")]
        return card(f"{one.text}\n{why}\n{asked}\n\n{WHICH_WORD}", [*in_rows(known), last])

    def _words(self, one: WantedQuestion) -> list[str]:
        """The words of a question that may be taught: the name that nobody knew, or those that mean nothing here."""
        typed = words(one.text)
        spans = read(typed, self.bench.lexicon, self.bench.today()).spans
        strange = [span.typed for span in spans if span.entry is None or span.entry.kind is Kind.WORD]
        found = [one.word, *strange] if one.word else strange or [span.typed for span in spans]
        return [word for word in dict.fromkeys(found) if self._may_be_taught(word)][:_MOST_WORDS]

    def _may_be_taught(self, word: str) -> bool:
        try:
            checked(word, self.bench.lexicon)
        except TeachingError:
            return False
        return True

    def _word(self, row_id: int, word: str) -> Card:
        """What a word may be another name of: what is spelled like it, and the metrics."""
        one = self._kept(row_id)
        found = meanings(word, self.bench.lexicon)
        if one and one.chosen:  # what was meant instead names it already
            query = self.bench.answering.understanding.understand(one.chosen, self.bench.today())
            slugs = [(Means.VENDOR, slug) for slug in query.vendors] + [(Means.REGION, slug) for slug in query.regions]
            meant = [meaning_of(means, slug, self.bench.lexicon) for means, slug in slugs]
            found = list(dict.fromkeys([*filter(None, meant), *found]))
        metrics = [Meaning(Means.METRIC, metric.value, said) for metric, said in METRICS.items()]
        names = [one for one in found if one not in metrics]
        rows = [*in_rows(_taught_by(names, row_id, word)), *in_rows(_taught_by(metrics, row_id, word))]
        asking = card(WHAT_MEANS.format(word=word), [*rows, [Button("Back", f"want:q:{row_id}:0")]])
        command = escape(f"/teach {word} =", quote=False)
        return replace(asking, html=asking.html.replace(command, f"<code>{command}</code>"))  # one tap copies it

    def _teach(self, person_id: int, row_id: int, word: str, meaning: Meaning) -> Card:
        try:
            taught = teach_word(self.bench.answering, word, meaning, actor(person_id))
        except TeachingError as error:
            return _notice(str(error))
        if taught is None:
            return _notice(KNOWN.format(word=word, name=meaning.name))
        lines = [TAUGHT.format(word=taught.word, name=meaning.name, kind=meaning.means)]
        one = self._kept(row_id)
        if one:
            with writing(self.bench.engine) as session:
                set_state(session, row_id, State.TAUGHT)
            answer = self.bench.answering.ask(one.text, self.bench.today())
            lines += ["", NOW, f"> {one.text}", plain(answer)]
        buttons = [Button("Undo", f"want:u:{taught.row_id}:{row_id}"), Button("The list", "want:p:0")]
        return card("\n".join(lines), [buttons])

    def _take_back(self, person_id: int, taught_id: int, row_id: int) -> Card:
        taught = withdraw_word(self.bench.answering, taught_id, actor(person_id))
        if taught is None:
            return _notice(NO_BUTTON)
        with writing(self.bench.engine) as session:
            set_state(session, row_id, State.OPEN)
        meaning = meaning_of(taught.means, taught.value, self.bench.lexicon)
        name = meaning.name if meaning else taught.value
        return card(TAKEN_BACK.format(word=taught.word, name=name), [[Button("The list", "want:p:0")]])

    def _kept(self, row_id: int) -> WantedQuestion | None:
        with reading(self.bench.engine) as session:
            return wanted_question(session, row_id)


def _taught_by(found: list[Meaning], row_id: int, word: str) -> list[Button]:
    """One button a meaning; a press teaches it."""
    kinds = {Means.VENDOR: "", Means.REGION: " (region)", Means.METRIC: ""}
    return [
        Button(f"{one.name}{kinds[one.means]}", f"want:t:{row_id}:{_LETTERS[one.means]}:{one.value}:{word}")
        for one in found
    ]


def _notice(text: str) -> Card:
    """Something said shortly, the message left as it is."""
    return Card("", "", notice=text)
