"""Text that nobody means well: markup, code, other scripts, signs that combine, reverse or are not seen."""

from __future__ import annotations

from hypothesis import strategies as st

LONGEST = 4096

NASTY = (
    "<b>", "</b>", "<script>alert(1)</script>", "<a href='javascript:x'>", "&lt;", "&#0;", "&", "*bold*", "_x_",
    "[x](y)", "```", "||", "'; DROP TABLE fact; --", "' OR '1'='1", "%s", "%n", "{0}", "{vendor.__class__}", "${jndi:ldap://x}",
    "../../../../etc/passwd", "C:\\Windows\\system32", "file:///etc/shadow", "\x00", "\x07", "\x1b[31m", "\r\n", "\t",
    "\u202e", "\u202d", "\u2066", "\u200b", "\u200d", "\u2060", "\ufeff", "\u0301", "\u0338\u0338\u0338",
    "Z\u0351\u0343a\u035b", "\ud83d\ude00", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "كم", "שלום", "小米", "Сяоми", "ﷺ", "ẞ", "İ", "ǆ", "½", "²", "١٢٣", "Ⅷ",
    "=cmd|'/c calc'!A0", "@SUM(1)", "+1", "-1", "1e999", "NaN", "9" * 40, "0x10", "/" * 9, "@PhoneVendorBot", "/ask",
    "/start x",
)  # fmt: skip
ORDINARY = (
    "xiaomi", "samsung", "apple", "india", "spain", "europe", "2017", "q3", "q3'17", "3Q17", "last oct", "from 2015 to",
    "since", "market share", "shipments", "how many", "who", "compare", "vs", "top 5", "launch", "when", "and in",
    "more than 20%", "fastest", "record", "milestones", "between", "the quarter before", "million", "?", ",", ".",
    "not",
)  # fmt: skip

_PIECES = st.one_of(
    st.sampled_from(ORDINARY),
    st.sampled_from(NASTY),
    st.text(max_size=12),
    st.builds(lambda piece, times: piece * times, st.sampled_from((*NASTY, *ORDINARY)), st.integers(2, 600)),
)


def texts(longest: int = LONGEST) -> st.SearchStrategy[str]:
    """Messages: pieces of what people ask among pieces of what they should not."""
    joined = st.builds(lambda glue, pieces: glue.join(pieces), st.sampled_from((" ", "", "\n")), st.lists(_PIECES))
    return joined.map(lambda text: text[:longest])


def longest_texts() -> list[str]:
    """Every piece, over and over, as long as a message may be."""
    return [(piece + glue) * (LONGEST // len(piece + glue)) for piece in (*NASTY, *ORDINARY) for glue in ("", " ")]
