"""People with a role, and those who tried to use one; every change of a role is audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session, col

from store.admin_tables import Person
from store.few_rows import delete_few, not_the_newest
from store.tables import Audit, utc_now


class Role(IntEnum):
    """What a person may do; each may do all that those below it may. Owners are named in the settings."""

    NOBODY = 0
    EDITOR = 1
    ADMIN = 2
    OWNER = 3

    @property
    def word(self) -> str:
        return self.name.lower()


GRANTED = (Role.EDITOR, Role.ADMIN)  # what can be granted in a chat


@dataclass(frozen=True)
class KnownPerson:
    row_id: int
    telegram_id: int
    username: str
    name: str
    role: Role

    @property
    def label(self) -> str:
        """How others call them: Anna (@anna), or their id where they have no name here."""
        shown = self.name or str(self.telegram_id)
        return f"{shown} (@{self.username})" if self.username else shown


def role_of(session: Session, telegram_id: int) -> Role:
    """The role granted to a person; nobody's where there is none."""
    found = session.execute(select(col(Person.role)).where(col(Person.telegram_id) == telegram_id)).scalar()
    return _role(found or "")


def meet(session: Session, telegram_id: int, username: str = "", name: str = "") -> KnownPerson:
    """Keep who somebody is; what is known of them already and not said now stays."""
    person = session.execute(select(Person).where(col(Person.telegram_id) == telegram_id)).scalar()
    if person is None:
        person = Person(telegram_id=telegram_id)
    person.username = username.casefold() or person.username
    person.name = name[:128] or person.name
    person.seen_at = utc_now()
    session.add(person)
    session.flush()
    return _known(person)


def person_named(session: Session, username: str) -> KnownPerson | None:
    """Who used that @name last; None where nobody seen has it."""
    wanted = username.removeprefix("@").casefold()
    query = select(Person).where(col(Person.username) == wanted).order_by(col(Person.seen_at).desc())
    person = session.execute(query).scalars().first() if wanted else None
    return _known(person) if person else None


def person_at(session: Session, row_id: int) -> KnownPerson | None:
    """The person of that row."""
    person = session.get(Person, row_id)
    return _known(person) if person and person.telegram_id > 0 else None


def people_with_roles(session: Session) -> list[KnownPerson]:
    """Everyone with a role that was granted, admins first."""
    found = [_known(one) for one in session.execute(select(Person).where(col(Person.role) != "")).scalars()]
    return sorted(found, key=lambda one: (-one.role, one.label.casefold()))


def set_role(session: Session, row_id: int, role: Role, actor: str) -> KnownPerson | None:
    """Give a person that role, or take theirs; None where they have it already, or are not known."""
    person = session.get(Person, row_id)
    if person is None or person.telegram_id < 0 or _role(person.role) is role:
        return None
    detail = {"telegram_id": person.telegram_id, "from": person.role, "to": role.word if role else ""}
    person.role, person.granted_by = role.word if role else "", actor
    session.add(person)
    action = "grant" if role else "withdraw"
    session.add(Audit(actor=actor, action=action, table_name="person", row_id=row_id, detail=detail))
    session.flush()
    return _known(person)


def forget_people(session: Session, now: datetime, after: timedelta, most: int) -> int:
    """Forget those without a role who were seen last so long ago, so many at most; returns how many."""
    old = (col(Person.role) == "", col(Person.seen_at) < now - after, col(Person.telegram_id) > 0)
    return forget_who(session, most, *old)


def forget_who(session: Session, most: int, *conditions: ColumnElement[bool]) -> int:
    """Delete people; of the newest only the number stays, which must not be given to another: buttons name it."""
    deleted = delete_few(session, Person, most, *conditions, not_the_newest(col(Person.id)))
    newest = update(Person).where(*conditions, ~not_the_newest(col(Person.id)))
    emptied = session.execute(newest.values(telegram_id=-col(Person.id), username="", name=""))
    return deleted + int(emptied.rowcount)  # type: ignore[attr-defined]


def _known(person: Person) -> KnownPerson:
    assert person.id is not None
    return KnownPerson(person.id, person.telegram_id, person.username, person.name, _role(person.role))


def _role(word: str) -> Role:
    return next((role for role in GRANTED if role.word == word), Role.NOBODY)
