"""Cuts a question into words: lower case, accents and ornaments gone."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4096

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"  # scripts written without spaces: each character is a word
    r"|\d{4}-\d\d(?:-\d\d)?(?!\d)|\d{1,2}/\d{4}(?!\d)"  # 2017-10, 2017-11-07, 10/2017
    r"|\d{1,3}(?:,\d{3})+(?!\d)|\d+\.\d+"
    r"|[^\W_\u0900-\u097f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[\u0900-\u0963\u0966-\u097f]+"
    r"|[#%]"
)
_POSSESSIVE = re.compile(r"[’'`´](?:s\b)?")
_CONTRACTIONS = {"n't": " not", "n’t": " not", "'re": " are", "’re": " are", "'ll": " will", "’ll": " will"}
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")  # "u.s." is "us"
_YEARS = re.compile(r"\b((?:19|20)\d\d)[-\u2013/](\d\d)(?![-/\d])")
_SHORT_YEAR = re.compile(r"[’'](\d\d)(?!\w)")


def plain(text: str) -> str:
    """Lower case, compatibility forms folded, accents of Latin and Cyrillic letters and piled-up marks taken off."""
    if not text.isascii():
        kept = []
        for letter in unicodedata.normalize("NFKD", text):
            kind = unicodedata.category(letter)
            if kind[0] == "M" and letter < "\u0900":  # marks that carry meaning, as in Hindi, come later in Unicode
                continue
            kept.append(
                " " if kind in ("Cc", "Co", "Cs", "So", "Mc") and letter < "\u0900" else letter if kind != "Cf" else ""
            )
        text = unicodedata.normalize("NFC", "".join(kept))
    return text.casefold()


def words(text: str) -> list[str]:
    """The words of a text, at most of its first 4,096 characters.

    "Who's #1? Xiaomi's Q3'17" gives who, #, 1, xiaomi, q3, 2017."""
    lowered = plain(text[:LONGEST])
    lowered = _YEARS.sub(_from_to, lowered)
    lowered = _SHORT_YEAR.sub(lambda found: f" {2000 + int(found[1])}", lowered)
    if "." in lowered:
        lowered = _DOTTED.sub(lambda found: found[0].replace(".", ""), lowered)
    for short, long in _CONTRACTIONS.items():
        if short in lowered:
            lowered = lowered.replace(short, long)
    return _WORD.findall(_POSSESSIVE.sub(" ", lowered))


def _from_to(found: re.Match[str]) -> str:
    """ "2015-23" are years; "2015-12" is a month."""
    return f"{found[1]} to {found[1][:2]}{found[2]}" if int(found[2]) > 12 else found[0]
