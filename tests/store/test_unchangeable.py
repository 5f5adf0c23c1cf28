"""The audit cannot be changed, by whatever way one reaches the database."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from store.engine import StoreError, writing
from store.tables import Audit


def test_rows_of_the_audit_can_only_be_added(loaded_engine: Engine) -> None:
    statements = ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"]
    statements += ["TRUNCATE audit"] if loaded_engine.dialect.name == "postgresql" else []
    with writing(loaded_engine) as session:
        session.add(Audit(actor="anna", action="test", table_name="fact", row_id=1))
    for statement in statements:
        with pytest.raises(StoreError, match="rows of audit can only be added"), writing(loaded_engine) as session:
            session.execute(text(statement))
