"""Rows that belong to no single product environment."""

from pathlib import Path

import pytest

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.tables import Tables


def test_rows_outlive_a_restart_in_the_order_of_their_creation(tmp_path: Path) -> None:
    tables = Tables(tmp_path / "account")
    tables.open()
    for key in ("b", "a", "c"):
        tables.put_row("user", key, {"name": key})
    tables.put_row("user", "b", {"name": "changed"})
    tables.delete_row("user", "a")
    tables.close()
    again = Tables(tmp_path / "account")
    again.open()
    assert again.rows("user") == {"b": {"name": "changed"}, "c": {"name": "c"}}
    assert again.rows("nothing") == {}
    again.close()


def test_two_cannot_have_one_folder(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    tables.open()
    with pytest.raises(InvalidInputError):
        Tables(tmp_path).open()
    tables.close()
