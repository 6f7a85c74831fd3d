"""Which product environment is in use, for whoever needs to know no more of them."""

from bridge_app.storage.database import Writer

IN_USE = "SELECT environment FROM account WHERE in_use"


def environment_in_use(ledger: Writer) -> str | None:
    """Its name; None where there is none."""
    with ledger.reading() as connection:
        row = connection.execute(IN_USE).fetchone()
    return None if row is None else str(row[0])
