"""What a key may do is asked beforehand, with questions that change nothing at the service."""

from datetime import timedelta

import pytest

from bridge_app.delivery.permissions import Capability, State
from bridge_app.delivery.rights_questions import QUESTIONS, ask
from bridge_app.sandbox.server import Sandbox
from tests.desk import Desk, picture
from tests.work.offices import OWNER, READER, New

WRITES = frozenset(Capability) - {
    Capability.READ,
    Capability.SEARCH,
    Capability.SETTINGS,
    Capability.USAGE,
}


def denied(office: Desk) -> set[Capability]:
    known = office.parts.worker.environments.permissions("web")
    return {one.capability for one in known if one.is_denied}


def calls(office: Desk) -> int:
    """The Admin calls of this hour."""
    budget = office.parts.worker.budget("web")
    assert budget is not None
    return budget.limit - budget.remaining


def test_everything_a_key_may_do_has_its_question() -> None:
    assert set(QUESTIONS) == set(Capability)


def test_what_a_key_may_not_do_is_known_before_anything_failed(office: Desk, new: New) -> None:
    office.parts.worker.add_account(new(READER))
    assert denied(office) == set()
    office.parts.worker.environments.find_out("web")

    assert denied(office) == WRITES
    upload = office.parts.worker.environments.permission(Capability.UPLOAD)
    assert "missing permissions" in upload.reason
    office.reopen()
    assert denied(office) == WRITES


def test_asking_changes_nothing_whatever_the_key_may_do(
    office: Desk, cloud: Sandbox, new: New
) -> None:
    picture(office.folder / "hero.jpg")
    office.library()
    office.approve()
    office.parts.worker.add_account(new(OWNER))
    office.push()
    before = [repr(asset) for asset in cloud.stored("web")]
    used = calls(office)
    office.parts.worker.environments.find_out("web")

    assert [repr(asset) for asset in cloud.stored("web")] == before
    assert denied(office) == set()
    assert calls(office) - used <= 7
    states = {
        one.capability: one.state for one in office.parts.worker.environments.permissions("web")
    }
    assert states[Capability.SETTINGS] is State.ALLOWED
    # Somebody who looks for the preset before the right says 404 to both: it teaches nothing.
    assert states[Capability.PRESETS] is State.UNKNOWN


def test_it_is_asked_once_in_a_day_and_before_a_denial_is_forgotten(office: Desk, new: New) -> None:
    desk = office.parts.worker.environments
    office.parts.worker.add_account(new(READER))
    desk.find_out("web")
    used = calls(office)
    office.reopen()
    desk = office.parts.worker.environments
    desk.find_out("web")
    assert office.parts.worker.budget("web") is None

    office.clock.forward(timedelta(hours=21))
    desk.find_out("web")
    office.clock.forward(timedelta(hours=4))
    assert denied(office) == WRITES
    assert used <= 11


def test_another_key_is_asked_about_at_once(office: Desk, new: New) -> None:
    office.parts.worker.add_account(new(READER))
    office.parts.worker.environments.find_out("web")
    office.parts.worker.add_account(new(OWNER))
    office.parts.worker.environments.find_out("web")
    assert denied(office) == set()


def test_who_is_not_reached_teaches_nothing_and_is_asked_later(
    office: Desk, cloud: Sandbox, new: New
) -> None:
    office.parts.worker.add_account(new(READER))
    cloud.stop()
    office.parts.worker.environments.find_out("web")
    assert denied(office) == set()

    cloud.start()
    office.clock.forward(timedelta(minutes=6))
    office.parts.worker.environments.find_out("web")
    assert denied(office) == WRITES


def test_trying_again_asks_anew(office: Desk, new: New) -> None:
    office.parts.worker.add_account(new(READER))
    office.parts.environments.heard("web", Capability.READ, 403, "not today")
    office.parts.worker.environments.try_again("web")
    assert denied(office) == WRITES


def test_the_environment_in_use_is_asked_about_by_itself(office: Desk, new: New) -> None:
    office.parts.worker.add_account(new(READER))
    office.parts.worker.cloud.watch()
    office.until(lambda: denied(office) == WRITES, what="what the key may not do")


@pytest.mark.parametrize("capability", sorted(WRITES))
def test_a_question_teaches_about_nothing_else(
    office: Desk, new: New, capability: Capability
) -> None:
    office.parts.environments.keep(new(READER))
    ask(office.parts.environments.credentials("web"), capability)
    assert denied(office) == {capability}
