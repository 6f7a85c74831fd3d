"""What is delivered may lose its place on renditions for the reasons that would take it away."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.layers_held_back import is_held_back
from bridge_app.domain.reasons import Reason
from bridge_app.domain.retractions import Delivered, Master, Retraction, RetractionState
from bridge_app.domain.rights import Restrictions, RightsWindow
from bridge_app.domain.unmastered import against_mirrored, against_unmastered
from bridge_app.domain.uses import ANY_USE, Use

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ENDED = RightsWindow(ends=NOW - timedelta(days=1))
IN_NORWAY = Restrictions(territories=frozenset({"NO"}))
YES, NO, DRAFT = Approval.APPROVED, Approval.REJECTED, Approval.DRAFT

COPY = CloudCopy(
    environment="studio",
    public_id="brand/logo",
    resource_type="image",
    delivery_type="upload",
    version=7,
    asset_id="a" * 32,
    format="png",
    etag="e" * 32,
    sha256="c" * 64,
    bytes=1,
    url="https://example.com/logo.png",
)
ALLOWED = Master(
    asset=AssetId("1"),
    name="logo.png",
    approval=YES,
    rights=RightsWindow(),
    restrictions=Restrictions(),
)
REJECTED = replace(ALLOWED, approval=NO)


def withdrawn(*reasons: Reason, content: str = COPY.sha256) -> Retraction:
    return Retraction(
        environment=COPY.environment,
        asset_id=COPY.asset_id,
        public_id=COPY.public_id,
        name="logo.png",
        content=content,
        version=COPY.version,
        state=RetractionState.RETRACTED,
        reasons=reasons,
        at=NOW.isoformat(),
    )


@pytest.mark.parametrize(
    ("masters", "market", "is_so"),
    [
        ([ALLOWED], "", False),
        ([REJECTED], "", True),
        ([replace(ALLOWED, rights=ENDED)], "", True),
        # A file that is allowed elsewhere may be seen.
        ([REJECTED, ALLOWED], "", False),
        ([REJECTED, replace(ALLOWED, rights=ENDED)], "", True),
        # What was archived, or is asked more of than when it went out, stays.
        ([replace(ALLOWED, restrictions=Restrictions(archived=True))], "", False),
        ([replace(ALLOWED, demanded=("legal",))], "", False),
        ([replace(ALLOWED, restrictions=IN_NORWAY)], "NO", False),
        ([replace(ALLOWED, restrictions=IN_NORWAY)], "DE", True),
    ],
)
def test_by_its_masters(masters: list[Master], market: str, is_so: bool) -> None:
    layer = Delivered(copy=COPY, approval=YES, masters=tuple(masters))
    assert is_held_back(layer, Use(market=market), NOW) is is_so


@pytest.mark.parametrize(
    ("approval", "retraction", "is_so"),
    [
        (YES, None, False),
        (NO, None, True),
        (YES, withdrawn(Reason.RIGHTS_ENDED), True),
        (YES, withdrawn(Reason.REJECTED), False),
    ],
)
def test_without_a_master_by_what_is_on_record(
    approval: Approval,
    retraction: Retraction | None,
    is_so: bool,
) -> None:
    layer = Delivered(copy=COPY, approval=approval, retraction=retraction)
    assert is_held_back(layer, ANY_USE, NOW) is is_so


def test_of_content_without_a_master_every_reason_is_told_once() -> None:
    """The decision on it, what its copies say now, and the rights that they were withdrawn for."""

    def against(approval: Approval, *copies: Delivered) -> tuple[Reason, ...]:
        return against_unmastered(approval, copies, NOW)

    plain = Delivered(copy=COPY, approval=YES)
    assert against(YES, plain) == ()
    assert against(DRAFT) == ()
    assert against(NO) == (Reason.REJECTED,)
    assert against(Approval.CHANGES_REQUESTED) == (Reason.CHANGES_REQUESTED,)
    assert against(NO, replace(plain, approval=NO)) == (Reason.REJECTED,)
    assert against(YES, replace(plain, rights=ENDED)) == (Reason.RIGHTS_ENDED,)
    ended = replace(plain, retraction=withdrawn(Reason.RIGHTS_ENDED, Reason.REJECTED))
    assert against(YES, plain, ended) == (Reason.RIGHTS_ENDED,)
    assert against(NO, ended) == (Reason.REJECTED, Reason.RIGHTS_ENDED)
    given_back = replace(withdrawn(Reason.RIGHTS_ENDED), state=RetractionState.RESTORED)
    assert against(YES, replace(plain, retraction=given_back)) == ()
    of_another = withdrawn(Reason.RIGHTS_ENDED, content="d" * 64)
    assert against(YES, replace(plain, retraction=of_another)) == ()


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({"approval": DRAFT}, ()),
        ({"approval": Approval.IN_REVIEW}, ()),
        ({"approval": Approval.CHANGES_REQUESTED}, (Reason.CHANGES_REQUESTED,)),
        ({"approval": NO, "rights": ENDED}, (Reason.REJECTED, Reason.RIGHTS_ENDED)),
        ({"restrictions": IN_NORWAY}, (Reason.REGION,)),
    ],
)
def test_of_what_others_put_there_what_was_said_counts(
    facts: dict[str, object], reasons: tuple[Reason, ...]
) -> None:
    mirrored = replace(ALLOWED, **facts)  # type: ignore[arg-type]
    assert against_mirrored(mirrored, NOW, Use(market="DE")) == reasons
