"""Comments in the ledger: in whatever order things are said, none is lost or told twice."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from bridge_app.domain.assets import AssetId
from bridge_app.domain.audit import AuditFilter, AuditKind
from bridge_app.domain.comments import Comment, CommentId, Thread, ThreadId
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.comments import Comments
from bridge_app.storage.ledger import open_ledger

ASSETS = {AssetId("a"): "one", AssetId("b"): "one", AssetId("c"): "two", AssetId("d"): ""}


class Talk(RuleBasedStateMachine):
    """What is on record beside what was said; the ledger is closed and opened in between."""

    threads: Bundle[ThreadId] = Bundle("threads")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.ledger = open_ledger(self.folder / "ledger.db")
        self.said: dict[ThreadId, list[Comment]] = {}
        self.resolved: dict[ThreadId, str] = {}
        self.acts = 0

    @property
    def comments(self) -> Comments:
        return Comments(self.ledger)

    def say(self, asset: AssetId, thread: ThreadId) -> Comment:
        self.acts += 1
        comment = Comment(
            id=CommentId(str(self.acts)),
            thread=thread,
            asset=asset,
            content=ASSETS[asset],
            transformation="",
            text=f"@{asset} number {self.acts}",
            place=None,
            strokes=(),
            mentions=(asset,),
            who="kim",
            at=str(self.acts),
        )
        self.comments.add([comment], {})
        self.said.setdefault(thread, []).append(comment)
        self.resolved.pop(thread, None)
        return comment

    @rule(target=threads, asset=st.sampled_from(sorted(ASSETS)))
    def begin(self, asset: AssetId) -> ThreadId:
        return self.say(asset, ThreadId(f"t{self.acts}")).thread

    @rule(thread=threads, asset=st.sampled_from(sorted(ASSETS)))
    def answer(self, thread: ThreadId, asset: AssetId) -> None:
        self.say(asset, thread)

    @rule(thread=threads, resolved=st.booleans(), who=st.sampled_from(["kim", "lee"]))
    def settle(self, thread: ThreadId, resolved: bool, who: str) -> None:
        if resolved is not (thread in self.resolved):
            self.acts += 1
        self.comments.resolve(thread, resolved=resolved, who=who, at="now")
        if resolved:
            self.resolved.setdefault(thread, who)
        else:
            self.resolved.pop(thread, None)

    @rule()
    def restart(self) -> None:
        self.ledger.close()
        self.ledger = open_ledger(self.folder / "ledger.db")

    @invariant()
    def each_thread_is_as_it_was_said(self) -> None:
        for asset, content in ASSETS.items():
            expected = [
                Thread(
                    id=thread,
                    comments=tuple(said),
                    resolved=thread in self.resolved,
                    resolved_by=self.resolved.get(thread, ""),
                    resolved_at="now" if thread in self.resolved else "",
                )
                for thread, said in self.said.items()
                if any(self.concerns(one, asset, content) for one in said)
            ]
            assert self.comments.about(asset, content) == expected
            still_open = sum(not one.resolved for one in expected)
            assert self.comments.open_threads({asset: content}).get(asset, 0) == still_open

    @invariant()
    def the_trail_tells_of_each_act_once(self) -> None:
        kinds = AuditFilter(kinds=frozenset({AuditKind.COMMENT}))
        assert AuditTrail(self.ledger).count(kinds) == self.acts

    def concerns(self, one: Comment, asset: AssetId, content: str) -> bool:
        return one.asset == asset or (one.content == content and content != "")

    def teardown(self) -> None:
        self.ledger.close()
        shutil.rmtree(self.folder)


TestTalk = Talk.TestCase
TestTalk.settings = settings(max_examples=8, stateful_step_count=15, deadline=None)
