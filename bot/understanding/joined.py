"""Takes words apart that were typed without the space between them: "lastquarter", "sharein", "india2018"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.lexicon import Kind, Lexicon

_SHORTEST, _LONGEST = 5, 28  # letters of two words run together
_SHORTEST_PART = 3
_SMALL = {"in", "of", "to", "is", "by", "vs", "on", "at", "or", "q1", "q2", "q3", "q4", "h1", "h2", "uk", "us", "no"}
_WITH_YEAR = re.compile(r"([^\W\d_]{3,})((?:19|20)\d\d)")
_NUMBERED = re.compile(r"(no|nr|number|top)(\d{1,2})")
_LEAST = 2  # both parts together must tell more than two small words do
_TYPO_COST = 0.7  # a word this near to a known one is that one mistyped rather than two run together


def apart(typed: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The words, those that are two known ones run together as two."""
    return [part for word in typed for part in _parts(word, lexicon)]


def _parts(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    numbered = _NUMBERED.fullmatch(word)
    if numbered and not _is_known(word, lexicon):
        return numbered[1], numbered[2]
    if not _SHORTEST <= len(word) <= _LONGEST or _is_known(word, lexicon) or word in lexicon.ordinary:
        return (word,)
    dated = _WITH_YEAR.fullmatch(word)
    if dated and _is_known(dated[1], lexicon):
        return dated[1], dated[2]
    if not word.isalpha() and not word[-2:-1].isalpha():
        return (word,)
    ways = [
        (word[:at], word[at:])
        for at in range(2, len(word) - 1)
        if _is_part(word[:at], lexicon) and _is_part(word[at:], lexicon)
    ]
    ways = [parts for parts in ways if _weight(parts[0], lexicon) + _weight(parts[1], lexicon) > _LEAST]
    if not ways or lexicon.fuzzy.nearest(word, most=1, cost_at_most=_TYPO_COST):
        return (word,)
    return max(ways, key=lambda parts: (_weight(parts[0], lexicon) + _weight(parts[1], lexicon), min(map(len, parts))))


def _is_known(word: str, lexicon: Lexicon) -> bool:
    kept = (lexicon.names, lexicon.phrases, lexicon.symbols, lexicon.numbers, lexicon.scales, lexicon.spelled)
    return any(word in one for one in kept) or word in lexicon.parts or word in lexicon.phrase_words


def _is_part(word: str, lexicon: Lexicon) -> bool:
    if word in _SMALL:
        return True
    return (
        len(word) >= _SHORTEST_PART
        and (word in lexicon.ordinary or word in lexicon.names)
        and _weight(word, lexicon) > 0
    )


def _weight(word: str, lexicon: Lexicon) -> int:
    """How telling a part is: a name or a word of time most, an ordinary word least."""
    if word in lexicon.names or word in lexicon.symbols or word in lexicon.numbers:
        return 3
    entry = lexicon.phrases.get(word)
    return 2 if entry and entry.kind is not Kind.FILLER else 1 if entry or word in _SMALL else 0
