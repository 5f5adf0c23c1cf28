"""Who is an owner, admin or editor, and who may make somebody one."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Engine

from store.engine import reading, writing
from store.people import KnownPerson, Role, meet, people_with_roles, person_at, person_named, role_of, set_role


class NotAllowedError(Exception):
    """That role is not theirs to grant or withdraw; the message says whose it is."""


OWNER_BY_SETTINGS = "{person} is an owner: the setting OWNER_IDS says so, and it cannot be changed here."
NOT_TO_GRANT = "Only owners make admins or take that from them; admins do so with editors."


class Roles:
    """The roles of everyone; each call asks the database, as another process may have changed them."""

    def __init__(self, engine: Engine, owner_ids: Collection[int]) -> None:
        self._engine, self.owner_ids = engine, tuple(owner_ids)

    def of(self, person_id: int) -> Role:
        """A person's role, by their Telegram id. Raises StoreError."""
        if person_id in self.owner_ids:
            return Role.OWNER
        with reading(self._engine) as session:
            return role_of(session, person_id)

    def meet(self, person_id: int, username: str = "", name: str = "") -> KnownPerson:
        """Keep who somebody is, so that they can be named. Raises StoreError."""
        with writing(self._engine) as session:
            return meet(session, person_id, username, name)

    def named(self, username: str) -> KnownPerson | None:
        """Who has that @name, among those who tried to use a role. Raises StoreError."""
        with reading(self._engine) as session:
            return person_named(session, username)

    def at(self, row_id: int) -> KnownPerson | None:
        """The person of that row. Raises StoreError."""
        with reading(self._engine) as session:
            return person_at(session, row_id)

    def granted(self) -> list[KnownPerson]:
        """Everyone who was granted a role. Raises StoreError."""
        with reading(self._engine) as session:
            return people_with_roles(session)

    def change(self, by: int, row_id: int, role: Role) -> KnownPerson | None:
        """Give somebody that role, or none; None where they have it already. Raises NotAllowedError and StoreError."""
        person = self.at(row_id)
        if person is None:
            return None
        if person.telegram_id in self.owner_ids:
            raise NotAllowedError(OWNER_BY_SETTINGS.format(person=person.label))
        if not may_change(self.of(by), person.role, role):
            raise NotAllowedError(NOT_TO_GRANT)
        with writing(self._engine) as session:
            return set_role(session, row_id, role, actor(by))


def may_change(own: Role, present: Role, wanted: Role) -> bool:
    """Whether somebody with their own role may change another's from the present to the wanted one."""
    if own is Role.OWNER:
        return wanted is not Role.OWNER
    return own is Role.ADMIN and present <= Role.EDITOR and wanted <= Role.EDITOR


def actor(person_id: int) -> str:
    """How the audit names a person who acts in Telegram."""
    return f"telegram:{person_id}"
