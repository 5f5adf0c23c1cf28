"""Files of words and phrasings read with the line of each entry, and what is wrong with their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.understanding.phrasings import NAMES
from bot.understanding.query import Intent

PHRASINGS = "phrasings"
WORDS = "words"
SECTIONS = ("concepts", "questions", "analysts", "fillers", "periods", "ordinals", "scales")
WITHOUT_MEANING = (  # lists beside those that say what a word means
    "openings", "pronouns", "pointers", "prefaces", "previous", "denials", "no_denials",
)  # fmt: skip
_OF_AN_INTENT = ("takes", "phrasings", "follow_ups")
_INTENTS = (*(intent.value for intent in Intent), "none")
_NOT_CHECKED = ("pictures",)  # by language, not by meaning
_SLOT = re.compile(r"\{([^{}]*)\}?|\}")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line of a file, and what to do about it."""

    file: str
    line: int
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.advice}"


@dataclass(frozen=True)
class Entry:
    """A word or phrasing where it stands: under which name, in which section; `shared` are the other names it may
    stand under, said after it in a comment such as "# also trend"."""

    file: str
    line: int
    section: str
    name: str
    text: str
    shared: frozenset[str] = frozenset()

    @property
    def language(self) -> str:
        return Path(self.file).stem


@dataclass
class Read:
    """The entries of some files, and the problems met on the way."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_files(folder: Path, kind: str) -> Read:
    """Read the files of one kind ("phrasings" or "words") below a folder, English first."""
    found = Read()
    for path in sorted((folder / kind).glob("*.yaml"), key=lambda path: (path.stem != "en", path.stem)):
        if path.stem in _NOT_CHECKED:
            continue
        file = f"{kind}/{path.name}"
        try:
            text = path.read_text("utf-8")
            root = yaml.compose(text, Loader=_LOADER)
        except UnicodeDecodeError:
            found.problems.append(Problem(file, 1, "this is no text in UTF-8", "Save the file as UTF-8"))
            continue
        except yaml.YAMLError as error:
            found.problems.append(_broken(file, error))
            continue
        reader = _Reader(file, text.splitlines(), found)
        (reader.phrasings if kind == PHRASINGS else reader.words)(root)
    return found


def _broken(file: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if "quoted" in (getattr(error, "context", None) or "") or mark is None:
        mark = getattr(error, "context_mark", None) or mark  # where the quotation begins that has no end
    said = getattr(error, "problem", None) or "it cannot be read"
    advice = (
        "Put a phrasing that begins with { or holds a colon or # into quotation marks, and begin it below the others"
        " with the same spaces"
    )
    return Problem(file, mark.line + 1 if mark else 1, f"this is no YAML ({said})", advice)


@dataclass
class _Reader:
    """One file."""

    file: str
    lines: list[str]
    found: Read

    def phrasings(self, root: yaml.Node | None) -> None:
        for intent, section in self._pairs(root, "intents"):
            if intent.value not in _INTENTS:
                self._problem(intent, f"{intent.value!r} is no intent", f"Write one of {', '.join(_INTENTS)}")
                continue
            for key, listed in self._pairs(section, f"what {intent.value} takes and its phrasings"):
                if key.value not in _OF_AN_INTENT:
                    self._problem(key, f"{key.value!r} means nothing here", f"Write {', '.join(_OF_AN_INTENT)}")
                elif key.value != "takes":
                    for node in self._texts(listed, f"{intent.value}, {key.value}"):
                        if self._slots_are_known(node):
                            self._keep(node, key.value, intent.value)

    def words(self, root: yaml.Node | None) -> None:
        for section, given in self._pairs(root, "sections"):
            if section.value not in (*SECTIONS, *WITHOUT_MEANING):
                known = ", ".join((*SECTIONS, *WITHOUT_MEANING))
                self._problem(section, f"there is no section {section.value!r}", f"Write one of {known}")
            elif section.value in WITHOUT_MEANING or section.value == "fillers":
                for node in self._texts(given, section.value):
                    self._keep(node, section.value, section.value)
            else:
                for name, listed in self._pairs(given, f"words by what they mean, in {section.value}"):
                    for node in self._texts(listed, f"{section.value}, {name.value}"):
                        self._keep(node, section.value, name.value)

    def _pairs(self, node: yaml.Node | None, what: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self._problem(node, f"expected {what}", "Write `name:` and below it, further in, what belongs to it")
            return
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._problem(key, "this is no name", "Write `name:`")
                continue
            if key.value in seen:
                self._problem(
                    key, f"{key.value!r} stands here twice, and only the last counts", "Put both lists into one"
                )
            seen.add(key.value)
            yield key, value

    def _texts(self, node: yaml.Node, what: str) -> Iterator[yaml.ScalarNode]:
        if isinstance(node, yaml.ScalarNode) and not node.value.strip():
            return  # an empty list
        if not isinstance(node, yaml.SequenceNode):
            self._problem(node, f"expected a list of {what}", "Write [one, two] or a line `- one` for each")
            return
        for one in node.value:
            if not isinstance(one, yaml.ScalarNode):
                self._problem(one, "this is no text", 'Put it into quotation marks: "{vendor} shipments"')
            elif not one.value.strip():
                self._problem(one, "this is empty", "Write a word, or take the line out")
            else:
                yield one

    def _slots_are_known(self, node: yaml.ScalarNode) -> bool:
        for slot in _SLOT.finditer(node.value):
            if not slot[0].endswith("}") or slot[1] is None:
                self._problem(node, f"{node.value!r} opens or closes a slot and not both", "Write {vendor}, say")
                return False
            if slot[1] not in NAMES:
                known = ", ".join(f"{{{name}}}" for name in NAMES)
                self._problem(node, f"there is no slot {slot[0]}", f"Write one of {known}")
                return False
        return True

    def _keep(self, node: yaml.ScalarNode, section: str, name: str) -> None:
        line = node.start_mark.line
        comment = re.search(r"\s#\s*also:? ([\w, ]+)", self.lines[line])
        shared = frozenset(re.split(r"[\s,]+", comment[1].strip())) if comment else frozenset[str]()
        self.found.entries.append(Entry(self.file, line + 1, section, name, node.value, shared))

    def _problem(self, node: yaml.Node | None, what: str, advice: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 1
        self.found.problems.append(Problem(self.file, line, what, advice))
