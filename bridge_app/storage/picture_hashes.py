"""Fingerprints of what pictures look like, by the keys of their thumbnails. Disposable."""

from collections.abc import Iterable

from bridge_app.storage.database import Writer

ALL = "SELECT key, bits FROM picture_hash"
PUT = "INSERT OR REPLACE INTO picture_hash (key, bits) VALUES (?, ?)"


class PictureHashes:
    """Thread-safe."""

    def __init__(self, catalog: Writer) -> None:
        self._writer = catalog

    def all(self) -> dict[str, int]:
        """Every fingerprint: 64 bits."""
        with self._writer.reading() as connection:
            return {key: int.from_bytes(bits, "big") for key, bits in connection.execute(ALL)}

    def put(self, found: Iterable[tuple[str, int]]) -> None:
        """Keep these."""
        with self._writer.atomic() as connection:
            connection.executemany(PUT, ((key, bits.to_bytes(8, "big")) for key, bits in found))
