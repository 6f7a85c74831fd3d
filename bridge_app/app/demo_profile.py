"""Where the demo lives, and what it is made from."""

from pathlib import Path

import bridge_app
from bridge_app.app.build import DEMO_CLOUD
from bridge_app.storage.accounts import Places
from bridge_app.storage.ledger import open_ledger


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


def recipes() -> Path:
    """Where the demo's libraries are described: in the source tree, or the installed package."""
    package = Path(bridge_app.__file__).parent
    found = package / "_resources" / "demo"
    return found if found.exists() else package.parent / "resources" / "demo"
