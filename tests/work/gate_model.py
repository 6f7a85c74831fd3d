"""What the histories know of a master by their own book-keeping: a second, plainer gate."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bridge_app.domain.approvals import Approval
from bridge_app.domain.policies import Policy
from bridge_app.domain.presets import RenditionPreset
from tests.desk import licensed_picture, picture

COPIED = 1_700_000_000
"""Seconds since 1970."""
YES, NO, CHANGES = Approval.APPROVED, Approval.REJECTED, Approval.CHANGES_REQUESTED
NAMES = ("hero", "detail", "licensed")
WORDS = {"approve": YES, "reject": NO, "request-changes": CHANGES}
SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_8,w_8", format="png")
OF_SQUARE = f"{SQUARE.transformation}/f_png"
MAY_LET_PASS = Policy(name="all", may_override=frozenset({"legal"}))
FORBIDDEN = (
    ("undecided", "made"),
    ("no", "square"),
    ("stage", "powerless"),
    ("restricted", "withdrawn", "told"),
    ("ended", "expired"),
)
"""What histories begin with, two or three things each; none is left to luck."""


@dataclass(kw_only=True)
class Said:
    """What was decided of one content: as a whole, by the lawyers, of its square rendition."""

    whole: Approval = Approval.DRAFT
    legal: Approval | None = None
    square: Approval = Approval.DRAFT
    let_pass_until: datetime | None = None

    def rule(self, about: str, approval: Approval) -> None:
        """Somebody decides: a ruling on the whole that is no approval begins the review anew."""
        setattr(self, about or "whole", approval)
        if not about and approval is not YES:
            self.legal = None

    def is_approved(self, *, in_stages: bool) -> bool:
        """Is its review over, and well?"""
        if {self.whole, self.legal} & {NO, CHANGES}:
            return False
        return (self.legal if in_stages else self.whole) is YES

    def is_kept(self, *, in_stages: bool) -> bool:
        """May it be seen once it has left? Not where the lawyers took back what they had said."""
        taken_back = in_stages and self.legal not in (None, YES)
        return self.is_approved(in_stages=False) and not taken_back

    def is_let_pass(self, at: datetime) -> bool:
        """Does somebody let it pass in spite of its review? Nobody can in spite of a rejection."""
        until = self.let_pass_until
        return until is not None and at < until and NO not in (self.whole, self.legal)


@dataclass(kw_only=True)
class Master:
    """One master: its file, its licence, and what was said of each content it ever had.

    `news` counts what endpoints are told of: approvals that are no stage's. `digests` has the
    content by its SHA-256, as endpoints are told it.
    """

    path: Path
    in_stages: bool
    ends: datetime | None = None
    is_restricted: bool = False
    may_be_let_pass: bool = True
    content: str = ""
    said: dict[str, Said] = field(default_factory=dict)
    told: list[Approval] = field(default_factory=list)
    news: int = 0
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> Said:
        """What was said of the content it has."""
        return self.said[self.content]

    def write(self, seed: int) -> None:
        """Give the file a content that was never there."""
        if self.ends is None:
            picture(self.path, seed, size=(24, 16))
        else:
            licensed_picture(self.path, until=self.ends - timedelta(days=1), seed=seed)
        # As if it was copied here with its times: nobody has to wait whether it is still written.
        os.utime(self.path, (COPIED + seed, COPIED + seed))
        data = self.path.read_bytes()
        self.content = hashlib.md5(data, usedforsecurity=False).hexdigest()
        self.digests[hashlib.sha256(data).hexdigest()] = self.content
        self.said.setdefault(self.content, Said())

    def decided(self, about: str, approval: Approval) -> None:
        """Somebody decides of what it is now."""
        self.now.rule(about, approval)
        self.told.append(approval)
        self.news += approval is YES and about != "legal"

    def leaving(self, at: datetime) -> set[str]:
        """The contents that may leave."""
        return self._licensed(at, lambda said: self._is_reviewed(said) or self._passes(said, at))

    def staying(self, at: datetime) -> set[str]:
        """Those that may be seen once they have left: a later policy takes nothing away."""
        staged = self.in_stages
        return self._licensed(
            at,
            lambda said: (
                self._is_reviewed(said) or said.is_kept(in_stages=staged) or said.is_let_pass(at)
            ),
        )

    def may_be_square(self, at: datetime) -> bool:
        """May its square rendition be made?"""
        return self.content in self.squares(at)

    def squares(self, at: datetime) -> set[str]:
        """The contents whose square renditions may be known."""
        return {key for key in self.leaving(at) if self.said[key].square not in (NO, CHANGES)}

    def _licensed(self, at: datetime, may: Callable[[Said], bool]) -> set[str]:
        if self.is_restricted or (self.ends is not None and at >= self.ends):
            return set()
        return {key for key, said in self.said.items() if may(said)}

    def _is_reviewed(self, said: Said) -> bool:
        return said.is_approved(in_stages=self.in_stages)

    def _passes(self, said: Said, at: datetime) -> bool:
        return self.may_be_let_pass and said.is_let_pass(at)
