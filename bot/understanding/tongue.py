"""Which language a question is in, by the words that only one language file has."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from bot.understanding.lexicon import language_files, words_of
from bot.understanding.text import words

_SCRIPTS = {
    "zh": re.compile("[\u4e00-\u9fff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}


def language_of(text: str) -> str | None:
    """The code of the language that most words of a text are of, else of its script; None where that is open."""
    typed = words(text)
    own = _own_words()
    votes = Counter(own[word] for word in typed if word in own)
    ranked = votes.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    return next((code for code, script in _SCRIPTS.items() if script.search(text)), None)


@cache
def _own_words() -> dict[str, str]:
    """The language of each word that is in one language's file only."""
    every = {code: words_of(lists) for code, lists in language_files("words").items() if "concepts" in lists}
    seen = Counter(word for of_one in every.values() for word in of_one)
    return {word: code for code, of_one in every.items() for word in of_one if seen[word] == 1 and not word.isdigit()}
