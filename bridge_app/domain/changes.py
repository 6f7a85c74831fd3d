"""What an operation touched, so that views refresh by that and by nothing else."""

from dataclasses import dataclass

from bridge_app.domain.assets import AssetId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """What is different now.

    `listing` says that rows may have come, gone or moved; `assets` are rows whose content
    changed in place; `jobs` that some job changed; `libraries` that the list of libraries or
    their folders did; `presets` that presets or sets did; `retractions` that something was
    retracted, given back, or waits for a person's word; `reviews` that comments, review requests
    or marks did (of `assets`, where they are named); `channels` that an endpoint or another
    downstream system did; `keys` that the key store was opened. `initiator` lets a
    view ignore the echo of its own act.
    """

    assets: frozenset[AssetId] = frozenset()
    listing: bool = False
    libraries: bool = False
    jobs: bool = False
    accounts: bool = False
    presets: bool = False
    retractions: bool = False
    reviews: bool = False
    channels: bool = False
    keys: bool = False
    initiator: object | None = None

    def merged(self, later: "ChangeSet") -> "ChangeSet":
        """Both together; whose doing it was is forgotten."""
        return ChangeSet(
            assets=self.assets | later.assets,
            listing=self.listing or later.listing,
            libraries=self.libraries or later.libraries,
            jobs=self.jobs or later.jobs,
            accounts=self.accounts or later.accounts,
            presets=self.presets or later.presets,
            retractions=self.retractions or later.retractions,
            reviews=self.reviews or later.reviews,
            channels=self.channels or later.channels,
            keys=self.keys or later.keys,
        )


FROM_ELSEWHERE = ChangeSet(
    libraries=True, listing=True, jobs=True, accounts=True, reviews=True, channels=True
)
"""What may be different when another process has written to the ledger."""
