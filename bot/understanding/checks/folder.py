"""Every check over one folder of words and phrasings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.checks.placed import PHRASINGS, WORDS, Problem, read_files
from bot.understanding.checks.twice import phrasings_that_collide, words_under_two_names
from bot.understanding.lexicon import Lexicon
from bot.understanding.weights import Weights


@dataclass(frozen=True)
class Checked:
    """How much was read, and what is wrong, in the order of the files."""

    phrasings: int
    words: int
    problems: tuple[Problem, ...]


def check_folder(folder: Path, read_with: Callable[[], tuple[Lexicon, Weights]]) -> Checked:
    """Check folder/phrasings/*.yaml and folder/words/*.yaml.

    `read_with` gives what phrasings are read with; it is asked for only where the files have no fault of form."""
    asked, listed = read_files(folder, PHRASINGS), read_files(folder, WORDS)
    problems = [*asked.problems, *listed.problems]
    if not problems:
        problems += [*phrasings_that_collide(asked.entries, *read_with()), *words_under_two_names(listed.entries)]
    problems.sort(key=lambda problem: (problem.file, problem.line))
    return Checked(len(asked.entries), len(listed.entries), tuple(problems))
