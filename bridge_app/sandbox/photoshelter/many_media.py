"""A listing of more than a thousand pages that nobody has to store: `terms=__many__`.

Source: reference/photoshelter.md 5 and 16. Media are a minute apart, so that a client which splits
by `create_start` and `create_end` (or `modify_…`) meets each of them once.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import overload

from bridge_app.sandbox.photoshelter.ids import MEDIA_PREFIXES, make_id
from bridge_app.sandbox.photoshelter.records import FileVersion, Media
from bridge_app.sandbox.photoshelter.search_parameters import Params, when

MANY = "__many__"
HOW_MANY = 550_000
"""More than 999 pages of 500."""
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
APART = timedelta(minutes=1)
MEBIBYTE = 1 << 20


class ManyMedia(Sequence[Media]):
    """Media that are made when a page shows them, oldest first."""

    def __init__(self, organization: str, numbers: range) -> None:
        self._organization = organization
        self._numbers = numbers

    @classmethod
    def asked(cls, organization: str, params: Params) -> "ManyMedia":
        """Those that the windows of a search leave.

        Raises:
            BadSearchError: A moment is none.
        """
        starts = [at for name in ("create", "modify") if (at := when(params, f"{name}_start"))]
        ends = [at for name in ("create", "modify") if (at := when(params, f"{name}_end"))]
        first = max((-((FIRST - at) // APART) for at in starts), default=0)
        last = min(((at - FIRST) // APART for at in ends), default=HOW_MANY - 1)
        numbers = range(max(first, 0), max(min(last + 1, HOW_MANY), 0))
        descending = params.get("sort_dir", "").startswith("desc")
        return cls(organization, numbers[::-1] if descending else numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Media: ...
    @overload
    def __getitem__(self, index: slice) -> "ManyMedia": ...
    def __getitem__(self, index: int | slice) -> "Media | ManyMedia":
        if isinstance(index, slice):
            return ManyMedia(self._organization, self._numbers[index])
        number = self._numbers[index]
        at = FIRST + number * APART
        return Media(
            id=make_id(MEDIA_PREFIXES["image"], seed=MANY, number=number),
            kind="image",
            organization=self._organization,
            file_name=f"many-{number:06}.jpg",
            versions=(FileVersion(number=1, size=MEBIBYTE, width=1500, height=1000),),
            created_at=at,
            modified_at=at,
            serial=number,
        )
