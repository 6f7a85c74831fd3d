"""The way into a folder, so that links can be followed and still come to an end."""

import os
from dataclasses import dataclass

from bridge_app.libraries.library import SkipReason

MAX_LINKS = 3
"""Links to folders inside one another. Folders that link to each other criss-cross would
otherwise be walked along every possible way, which no loop check ends in a lifetime."""


def file_key(status: os.stat_result) -> str:
    """`device:inode`."""
    return f"{status.st_dev}:{status.st_ino}"


def below(folder: str, name: str) -> str:
    """The relative path of `name` in `folder`, of which "" is the library itself."""
    return f"{folder}/{name}" if folder else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """A folder at the relative `path`, and the way to it.

    `key` is its `device:inode`, `above` the folder it was entered from (None: the library
    itself), `links` how many links were followed on the way.
    """

    path: str
    key: str
    above: "Trail | None" = None
    links: int = 0

    def into(self, name: str, status: os.stat_result, *, by_link: bool) -> "Trail | SkipReason":
        """One folder further, or why not. `status` is of the folder itself, not of the link."""
        key, links = file_key(status), self.links + by_link
        if self.passed(key):
            return SkipReason.LINK_LOOP
        if links > MAX_LINKS:
            return SkipReason.LINKS_TOO_DEEP
        return Trail(path=below(self.path, name), key=key, above=self, links=links)

    def passed(self, key: str) -> bool:
        """Is this the folder `key`, or one below it?"""
        here: Trail | None = self
        while here is not None and here.key != key:
            here = here.above
        return here is not None
