"""Where the demo lives, and what it is made from."""

from pathlib import Path
from typing import TYPE_CHECKING

import bridge_app
from bridge_app.app.build import DEMO_CLOUD
from bridge_app.storage.accounts import Places
from bridge_app.storage.ledger import open_ledger

if TYPE_CHECKING:
    from bridge_app.app.build import Parts


def demo_home(home: Path) -> Path:
    """The profile of the demo: the real one until it has an account, then one of its own."""
    if not (home / "ledger.db").exists():
        return home
    ledger = open_ledger(home / "ledger.db")
    try:
        real = [a for a in Places(ledger).accounts() if a.environment != DEMO_CLOUD]
    finally:
        ledger.close()
    return home / "demo" if real else home


def forget_demo(parts: "Parts") -> None:
    """Take away the account that a crash left beside one's own: nobody answers at its address."""
    known = [account.environment for account in parts.environments.accounts()]
    others = [name for name in known if name != DEMO_CLOUD]
    if not others or others == known:
        return
    parts.stock.places.remove_account(DEMO_CLOUD)
    parts.environments.reload()
    if parts.environments.current() is None:
        parts.environments.use(others[0])


def recipes() -> Path:
    """Where the demo's libraries are described: in the source tree, or the installed package."""
    package = Path(bridge_app.__file__).parent
    found = package / "_resources" / "demo"
    return found if found.exists() else package.parent / "resources" / "demo"
