"""Drafts of vendors: a new one with its other names, and two made one."""

from __future__ import annotations

import re

from bot.admin.bench import Bench
from bot.admin.card import Card, button, card
from bot.admin.names import find_name
from bot.admin.roles import actor
from bot.understanding.lexicon import Kind
from store.drafts import KnownDraft, State, change_draft
from store.engine import reading, writing
from store.merging import Merge, MergeError, count_merge, merge_vendors
from store.people import Role
from store.rows import RowError
from store.vendors import NewVendor, add_vendor, check_vendor

WRITE = (
    "Write the vendor's name, and what you know of it: its country's two letters, the year it was founded, whose brand"
    " it is, and other names. For example: Nothing, GB, 2020, aliases: Nothing Tech | nothing phone. Or: CMF, parent"
    " Nothing."
)
PREVIEW = "New vendor: {name}.\nCountry: {country}\nFounded: {founded}\nA brand of: {parent}\nOther names: {aliases}"
WRONG = "That vendor cannot be added: {reason}."
NO_PARENT = "I know no vendor {name} that it could be a brand of."
NOT_PLACED = "I do not know what {text} is: expected two letters of a country, a year, parent NAME or aliases: A | B."
ADDED = "{name} is added. It can be asked for from now on, and facts about it can be recorded."
MERGE_WHICH = (
    "Write which vendor goes into which: /merge Foo into Bar. What Foo has becomes Bar's, and Foo is a name of Bar."
)
NO_VENDOR = "I know no vendor {name}."
MERGE = (
    "{gone} goes into {kept}. What follows: {counts}.\n{doubled}{gone} becomes another name of {kept}."
    "\nThis cannot be undone."
)
DOUBLED = "Of these, {count} say what {kept} has of the same source already: there the one published later holds.\n"
CANNOT_MERGE = "That cannot be done: {reason}."
MERGED = "{gone} is {kept} now. {count} rows followed."
_ALIASES = re.compile(r"\baliases?\s*[:=]?\s*(.+)$", re.IGNORECASE | re.DOTALL)
_INTO = re.compile(r"\s+into\s+|\s*(?:->|→|,)\s*", re.IGNORECASE)


class AddingVendor:
    """The kind `vendor`: the content is the vendor's fields."""

    role = Role.EDITOR

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def begin(self, person_id: int, text: str) -> Card:
        """Of a line, or of nothing."""
        draft = self._bench.keep(person_id, "vendor", {"problem": ""}, "line")
        return self.typed(draft, text) if text else self.show(draft)

    def show(self, draft: KnownDraft) -> Card:
        """What is expected, or the vendor as it would be."""
        cancel = [button(draft, "Cancel", "drop")]
        if draft.awaiting:
            return card("\n".join(filter(None, (draft.content["problem"], WRITE))), [cancel])
        new, name = _vendor(draft), self._bench.catalogue.name
        shown = PREVIEW.format(
            name=new.name, country=new.country or "–", founded=new.founded or "–",
            parent=name(new.parent) if new.parent else "–", aliases=", ".join(new.aliases) or "–",
        )  # fmt: skip
        return card(shown, [[button(draft, "Add", "do"), button(draft, "Edit", "edit")], cancel])

    def typed(self, draft: KnownDraft, text: str) -> Card:
        """A vendor in one line."""
        found = self._read(text)
        problem = found if isinstance(found, str) else ""
        if isinstance(found, NewVendor):
            try:
                with reading(self._bench.engine) as session:
                    check_vendor(session, found, self._bench.today().year)
            except RowError as error:
                problem = WRONG.format(reason=error)
        if problem or isinstance(found, str):
            return self.show(self._bench.change(draft, {"problem": problem}, "line"))
        content = {
            "problem": "", "title": found.name, "name": found.name, "country": found.country,
            "founded": found.founded, "parent": found.parent, "aliases": list(found.aliases),
        }  # fmt: skip
        return self.show(self._bench.change(draft, content))

    def press(self, draft: KnownDraft, action: str, _argument: str) -> Card | None:
        """Add it, or write it anew."""
        if action == "edit":
            return self.show(self._bench.change(draft, {"problem": ""}, "line"))
        if action != "do" or draft.awaiting:
            return None
        new = _vendor(draft)
        try:
            with writing(self._bench.engine) as session:
                change_draft(session, draft, state=State.DONE)
                add_vendor(session, new, actor(draft.person_id), self._bench.today().year)
        except RowError as error:
            return card(WRONG.format(reason=error))
        return card(ADDED.format(name=new.name))

    def _read(self, text: str) -> NewVendor | str:
        """The vendor of a line, or what is wrong with it."""
        found = _ALIASES.search(text)
        aliases = tuple(one.strip() for one in re.split(r"[|,]", found[1]) if one.strip()) if found else ()
        name, *parts = [one.strip() for one in _ALIASES.sub("", text).split(",")]
        country, founded, parent = "", None, ""
        for part in filter(None, parts):
            if re.fullmatch(r"[A-Za-z]{2}", part):
                country = part.upper()
            elif re.fullmatch(r"(?:founded |since )?\d{4}", part, re.IGNORECASE):
                founded = int(part[-4:])
            elif part.lower().startswith(("parent", "brand of", "by ")):
                maker = re.sub(r"^(?:parent|brand of|by)\s*:?\s*", "", part, flags=re.IGNORECASE)
                slug = find_name(maker, Kind.VENDOR, self._bench.lexicon).slug
                if slug is None:
                    return NO_PARENT.format(name=maker[:60])
                parent = slug
            else:
                return NOT_PLACED.format(text=part[:60])
        return NewVendor(name, country, founded, parent, aliases)


class Merging:
    """The kind `merge`: the content holds the slugs `gone` and `kept`."""

    role = Role.ADMIN

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def begin(self, person_id: int, text: str) -> Card:
        """Of "Foo into Bar"."""
        parts = [one for one in _INTO.split(text, maxsplit=1) if one.strip()]
        if len(parts) != 2:
            return card(MERGE_WHICH)
        found = [find_name(one, Kind.VENDOR, self._bench.lexicon) for one in parts]
        unknown = next((text for text, one in zip(parts, found, strict=True) if one.slug is None), None)
        if unknown:
            return card(NO_VENDOR.format(name=unknown[:60]))
        gone, kept = (one.slug or "" for one in found)
        content = {"gone": gone, "kept": kept, "title": f"{gone} into {kept}"}
        return self.show(self._bench.keep(person_id, "merge", content))

    def show(self, draft: KnownDraft) -> Card:
        """How many rows would follow."""
        cancel = [button(draft, "Cancel", "drop")]
        gone, kept = self._names(draft)
        try:
            with reading(self._bench.engine) as session:
                merge = count_merge(session, draft.content["gone"], draft.content["kept"])
        except MergeError as error:
            return card(CANNOT_MERGE.format(reason=error), [cancel])
        doubled = DOUBLED.format(count=merge.doubled, kept=kept) if merge.doubled else ""
        text = MERGE.format(gone=gone, kept=kept, counts=_counted(merge), doubled=doubled)
        return card(text, [[button(draft, "Merge", "do"), *cancel]])

    def typed(self, draft: KnownDraft, _text: str) -> Card:
        """Nothing is awaited."""
        return self.show(draft)

    def press(self, draft: KnownDraft, action: str, _argument: str) -> Card | None:
        """Make them one."""
        if action != "do":
            return None
        gone, kept = self._names(draft)
        try:
            with writing(self._bench.engine) as session:
                change_draft(session, draft, state=State.DONE)
                by = actor(draft.person_id)
                merge = merge_vendors(session, draft.content["gone"], draft.content["kept"], by)
        except MergeError as error:
            return card(CANNOT_MERGE.format(reason=error))
        return card(MERGED.format(gone=gone, kept=kept, count=f"{sum(merge.counts.values()):,}"))

    def _names(self, draft: KnownDraft) -> tuple[str, str]:
        name = self._bench.catalogue.name
        return name(draft.content["gone"]), name(draft.content["kept"])


def _vendor(draft: KnownDraft) -> NewVendor:
    content = draft.content
    aliases = tuple(content["aliases"])
    return NewVendor(content["name"], content["country"], content["founded"], content["parent"], aliases)


def _counted(merge: Merge) -> str:
    return (
        ", ".join(f"{word}: {count:,}" for word, count in merge.counts.items() if count) or "nothing is recorded of it"
    )
