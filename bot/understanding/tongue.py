"""Which language a question is in, by its words, else by its letters."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import yaml

from bot.understanding.lexicon import FOLDER, language_files, ordinary_words, words_alone
from bot.understanding.text import words

_NO_WORDS = re.compile(r"https?://\S+|[@/]\w+")  # addresses, names of bots and commands
_LETTERS = {
    "zh": re.compile("[\u4e00-\u9fff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "es": re.compile("[ñ¿¡]", re.IGNORECASE),
    "pt": re.compile("[ãõçêâôà]", re.IGNORECASE),
}
_NEIGHBOURS = {"es", "pt"}  # so much alike that a question may be either


def language_of(text: str) -> str | None:
    """The code of the language that most words of a text are of; None where that is open."""
    text = _NO_WORDS.sub(" ", text)
    votes: defaultdict[str, float] = defaultdict(float)
    for word in words(text):
        codes = _languages_of_words().get(word, ())
        for code in codes:
            votes[code] += 1 / len(codes)
    most = max(votes.values(), default=0.0)
    best = [code for code, count in votes.items() if count > most - 1e-9]
    if len(best) == 1:
        return best[0]
    lettered = next((code for code, letters in _LETTERS.items() if letters.search(text)), None)
    return lettered or (min(best) if best and set(best) <= _NEIGHBOURS else None)


@cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    """The languages that have a word; those of one language count most."""
    small = yaml.load((FOLDER / "tongues.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - "no" is a word
    files = {code: lists for code, lists in language_files("words").items() if code in small}
    every = {
        code: words_alone(lists) | {" ".join(words(str(one))) for one in small[code]} for code, lists in files.items()
    }
    others = set().union(*(of_one for code, of_one in every.items() if code != "en"))
    every["en"] -= others - ordinary_words()  # "hola" is understood among English words, but is none
    found: dict[str, list[str]] = {}
    for code, of_one in every.items():
        for word in of_one:
            if not word.isdigit():
                found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}
