"""Secrets that outlive the process that was told them, for tests that kill it."""

from bridge_app.storage.secrets import MemoryStore, Secret


class ToldStore(MemoryStore):
    """A key store whose secrets can be handed to another process."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[str, str] = {}

    def put(self, name: str, secret: Secret) -> None:
        """See the port."""
        self.told[name] = secret.reveal()
        super().put(name, secret)
