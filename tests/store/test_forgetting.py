"""What is kept of a person goes at their word, and only that, on SQLite and PostgreSQL."""

from __future__ import annotations

import threading

from sqlalchemy import Engine, select
from sqlmodel import col

from store.alert_tables import ChatKind, Delivery, Subscription
from store.chats import chat_at
from store.conversations import remember
from store.drafts import new_draft
from store.engine import reading, writing
from store.forgetting import Remembered, forget_person, remembered
from store.people import Role, meet, role_of, set_role
from store.record import Recorder
from store.subscriptions import Wish, subscribe
from tests.store.test_alerts import LAUNCH, record, told, wants

ANNA, BEN, GROUP = 7_700_000_001, 7_700_000_002, "-1007700000003"


def test_all_of_one_person_goes_and_nothing_of_others(loaded_engine: Engine) -> None:
    for person in (ANNA, BEN):
        wants(loaded_engine, str(person), Wish("xiaomi"))
    with writing(loaded_engine) as session:
        group = chat_at(session, GROUP, ChatKind.SUPERGROUP, "Phones")
        subscribe(session, group.id or 0, Wish("xiaomi"), str(ANNA))
        for chat in (str(ANNA), GROUP):
            remember(session, chat, str(ANNA), {})
        remember(session, GROUP, str(BEN), {})
        new_draft(session, ANNA, "launch", {})
        set_role(session, meet(session, ANNA, "anna", "Anna").row_id, Role.EDITOR, "telegram:1")
    record(loaded_engine, LAUNCH)
    with writing(loaded_engine) as session:
        assert remembered(session, ANNA, "telegram:1") == Remembered(2, 1, True, 1, 1, named=False, accountable=True)
        forget_person(session, ANNA)
    with reading(loaded_engine) as session:
        assert not remembered(session, ANNA, "nobody").anything
        assert role_of(session, ANNA) is Role.EDITOR
        assert remembered(session, BEN, "nobody") == Remembered(1, 1, True, 1, 0, named=False, accountable=False)
        assert len(session.execute(select(Delivery)).all()) == 2
        made = session.execute(select(col(Subscription.made_by)).order_by(col(Subscription.id))).scalars().all()
        assert made == [str(BEN), ""]
    assert [address for _, address, _ in told(loaded_engine)] == sorted([str(BEN), GROUP])


def test_what_is_recorded_meanwhile_is_not_left_over(loaded_engine: Engine) -> None:
    wants(loaded_engine, str(ANNA), Wish("xiaomi"))

    def forgotten() -> None:
        with writing(loaded_engine) as session:
            forget_person(session, ANNA)

    forgetting = threading.Thread(target=forgotten)
    with writing(loaded_engine) as session:
        Recorder(session, "test", alerts=True).record(LAUNCH)
        forgetting.start()
        forgetting.join(0.2)
        assert forgetting.is_alive(), "it waits for what is under way"
    forgetting.join()
    with reading(loaded_engine) as session:
        assert session.execute(select(Delivery)).all() == []
