"""What becomes of a job whose master the catalog does not have: it may only not have it yet.

The catalog can be made anew at any time; what was decided before that waits until it is.
"""

from datetime import timedelta

from bridge_app.domain.jobs import WaitingFor
from bridge_app.work.context import Context
from bridge_app.work.outcome import Waiting
from bridge_app.work.shelter_desk import ShelterDesk

LOOK_AGAIN_S = 1.0


def until_seen(shelters: ShelterDesk, context: Context) -> Waiting | None:
    """Wait for the sync; None if all libraries were read to the end, so that it is in none."""
    if all(shelters.state(one.account).complete for one in shelters.records()):
        return None
    until = context.now() + timedelta(seconds=LOOK_AGAIN_S)
    return Waiting(reason=WaitingFor.SCAN, until=until)
