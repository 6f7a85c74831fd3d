"""Several environments: switching, surveys, permissions, production, lists, and log-out."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bridge_app.delivery.permissions import Capability, State
from bridge_app.delivery.provisioning import AccountKeys
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.environments import Hue, Naming, Stage
from bridge_app.domain.errors import CredentialsError, NotFoundError, OfflineError
from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.sandbox.cloudinary.settings import ProvisioningKeys
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.work.environments import NotNowError, NoUsableAnswerError
from tests.desk import Desk, picture, states
from tests.work.offices import ARCHIVE, OWNER, READER, New

NAMING = Naming(label="Web shop", owner="Northlight", hue=Hue.TEAL, stage=Stage.PRODUCTION)
PROVISIONING = ProvisioningKeys()


def current(office: Desk) -> str | None:
    account = office.parts.worker.current_account()
    return account.environment if account else None  # What is told


def test_an_environment_that_is_added_tells_folder_mode_limits_and_usage(
    office: Desk, new: New
) -> None:
    account = office.parts.worker.add_account(new(OWNER))

    assert account.folder_mode is FolderMode.FIXED
    assert account.media_limits is not None
    assert account.media_limits.image_bytes == 10 * 1024**2
    usage = office.parts.worker.environments.usage("web")
    assert usage is not None
    assert usage.plan == "Free"
    budget = office.parts.worker.budget("web")
    assert budget is not None
    assert (budget.limit, budget.remaining) == (500, 497)


def test_what_was_told_is_there_offline_and_after_a_restart(
    office: Desk, cloud: Sandbox, new: New
) -> None:
    office.parts.worker.add_account(new(OWNER))
    before = office.parts.worker.environments.usage("web")
    cloud.stop()
    office.reopen()

    assert office.parts.worker.environments.usage("web") == before
    account = office.parts.worker.current_account()
    assert account is not None
    assert account.folder_mode is FolderMode.FIXED
    with pytest.raises(OfflineError):
        office.parts.worker.environments.survey("web")
    assert office.parts.worker.environments.usage("web") == before


def test_a_survey_tells_views_and_opens_the_environment_anew(
    office: Desk, cloud: Sandbox, new: New
) -> None:
    office.parts.environments.keep(new(OWNER))
    assert office.parts.environments.opened("web").account.folder_mode is None
    office.events.clear()
    office.parts.worker.environments.survey("web")

    assert ChangeSet(accounts=True) in office.events
    assert office.parts.environments.opened("web").account.folder_mode is FolderMode.FIXED


def test_nothing_is_kept_of_a_key_that_is_not_accepted(office: Desk, new: New) -> None:
    with pytest.raises(CredentialsError):
        office.parts.worker.add_account(replace(new(OWNER), secret=Secret("wrong-secret")))
    assert office.parts.worker.accounts() == ()
    assert office.store.get("web") is None


# Several of them


def test_switching_takes_less_than_a_second_and_needs_no_service(
    office: Desk, cloud: Sandbox, new: New
) -> None:
    for account in (OWNER, ARCHIVE):
        office.parts.worker.add_account(new(account))
    cloud.stop()
    started = time.monotonic()
    office.parts.worker.use_account("web")

    assert time.monotonic() - started < 1.0
    assert current(office) == "web"


def test_names_colours_and_stages_are_kept_and_survive_a_new_key(office: Desk, new: New) -> None:
    office.parts.worker.add_account(replace(new(OWNER), naming=NAMING))
    office.parts.worker.add_account(new(READER))
    office.reopen()

    (account,) = office.parts.worker.accounts()
    assert account.naming == NAMING
    assert account.api_key == READER.api_key
    changed = replace(NAMING, stage=Stage.STAGING)
    assert office.parts.worker.environments.name("web", changed).naming == changed
    with pytest.raises(NotFoundError):
        office.parts.worker.environments.name("nowhere", NAMING)


def test_production_is_asked_about_once_in_a_session(office: Desk, new: New) -> None:
    desk = office.parts.worker.environments
    office.parts.worker.add_account(replace(new(OWNER), naming=NAMING))
    office.parts.worker.add_account(new(ARCHIVE))

    assert desk.must_confirm("web")
    assert not desk.must_confirm("archive")
    desk.confirm("web")
    assert not desk.must_confirm("web")
    office.reopen()
    assert office.parts.worker.environments.must_confirm("web")


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("acme", Stage.PRODUCTION),
        ("acme-staging", Stage.STAGING),
        ("acme-preprod", Stage.STAGING),
        ("Acme-DEV", Stage.DEVELOPMENT),
        ("bridge-demo", Stage.DEVELOPMENT),
    ],
)
def test_a_stage_is_guessed_with_care(name: str, stage: Stage) -> None:
    assert Stage.guessed(name) is stage


# What a key may do


def test_a_refusal_is_learnt_with_its_reason_and_forgotten_after_a_day(
    office: Desk, new: New
) -> None:
    picture(office.folder / "hero.jpg")
    office.library()
    office.approve()
    desk = office.parts.worker.environments
    office.parts.worker.add_account(new(READER))
    assert desk.permission(Capability.UPLOAD).state is State.UNKNOWN
    assert desk.permission(Capability.USAGE).state is State.ALLOWED

    assert states(office.push()) == {JobState.FAILED}
    denied = desk.permission(Capability.UPLOAD)
    assert denied.is_denied
    assert "missing permissions" in denied.reason
    office.reopen()
    desk = office.parts.worker.environments
    assert desk.permission(Capability.UPLOAD).is_denied
    office.clock.forward(timedelta(days=1))
    assert desk.permission(Capability.UPLOAD).state is State.UNKNOWN


def test_what_was_refused_can_be_tried_again_on_demand_and_with_another_key(
    office: Desk, new: New
) -> None:
    desk = office.parts.worker.environments
    office.parts.worker.add_account(new(READER))
    office.parts.environments.heard("web", Capability.READ, 403, "no")
    office.events.clear()
    desk.try_again("web")
    assert ChangeSet(accounts=True) in office.events
    assert desk.permission(Capability.READ).state is State.ALLOWED
    assert desk.permission(Capability.DELETE).is_denied

    office.parts.environments.heard("web", Capability.DELETE, 403, "no")
    office.parts.worker.add_account(new(OWNER))
    assert desk.permission(Capability.DELETE).state is State.UNKNOWN


def test_what_succeeds_after_all_is_allowed(office: Desk, new: New) -> None:
    desk = office.parts.worker.environments
    office.parts.worker.add_account(new(OWNER))
    office.parts.environments.heard("web", Capability.EDIT, 403, "no")
    office.parts.environments.heard("web", Capability.EDIT, 200, "")
    assert desk.permission(Capability.EDIT).state is State.ALLOWED


def test_nothing_is_learnt_about_environments_that_are_not_ours(office: Desk, new: New) -> None:
    office.parts.environments.heard("stranger", Capability.EDIT, 403, "no")
    known = office.parts.worker.environments.permissions("stranger")
    assert {one.state for one in known} == {State.UNKNOWN}


# Log-out


def test_log_out_keeps_what_was_delivered_and_decided(
    office: Desk, cloud: Sandbox, new: New
) -> None:
    office.parts.worker.add_account(replace(new(OWNER), naming=NAMING))
    picture(office.folder / "hero.jpg")
    office.library()
    (asset,) = office.approve()
    assert states(office.push()) == {JobState.DONE}
    office.parts.worker.environments.log_out("web", with_cache=True)

    assert office.store.get("web") is None
    assert office.parts.worker.environments.usage("web") is None
    assert len(office.parts.worker.history(asset)) == 1
    office.parts.worker.add_account(new(OWNER))
    (step,) = office.plan().steps
    assert not step.sends


def test_what_is_queued_for_an_account_that_was_left_waits_until_it_is_back(
    office: Desk, cloud: Sandbox, new: New
) -> None:
    worker = office.parts.worker
    worker.add_account(new(OWNER))
    picture(office.folder / "hero.jpg")
    office.library()
    office.approve()
    worker.set_work_offline(on=True)
    batch = worker.push(office.plan())
    worker.environments.log_out("web")
    worker.set_work_offline(on=False)

    def waits() -> bool:
        return {job.waiting_for for job in worker.batch(batch)} == {WaitingFor.ACCOUNT}

    office.until(waits, what="the account")
    worker.add_account(new(OWNER))
    assert states(office.finished(batch)) == {JobState.DONE}
    assert len(cloud.stored("web")) == 1


# Accounts that list environments


def test_an_accounts_keys_are_kept_in_the_key_store_and_list_its_environments(
    office: Desk, cloud: Sandbox
) -> None:
    keys = AccountKeys(
        account_id=PROVISIONING.account_id,
        api_key=PROVISIONING.api_key,
        secret=Secret(PROVISIONING.api_secret),
        upload_prefix=cloud.url,
    )
    desk = office.parts.worker.environments
    found = desk.product_environments(keys, keep=True)

    assert [one.cloud_name for one in found] == ["archive", "web"]
    office.reopen()
    desk = office.parts.worker.environments
    kept = desk.account_keys(keys.account_id)
    assert desk.product_environments(kept, keep=False) == found
    desk.forget_organisation(keys.account_id)
    assert desk.organisations() == ()
    with pytest.raises(NotFoundError):
        desk.account_keys(keys.account_id)


def test_wrong_account_keys_are_not_kept(office: Desk, cloud: Sandbox) -> None:
    keys = AccountKeys(
        account_id="a", api_key="b", secret=Secret("wrong-secret"), upload_prefix=cloud.url
    )
    with pytest.raises(CredentialsError):
        office.parts.worker.environments.product_environments(keys, keep=True)
    assert office.parts.worker.environments.organisations() == ()


@pytest.mark.parametrize("status", [200, 502])
def test_who_does_not_answer_as_cloudinary_does_is_not_kept_and_asked_no_more(
    office: Desk, cloud: Sandbox, new: New, status: int
) -> None:
    before = [account.environment for account in office.parts.worker.accounts()]
    cloud.faults.answer(status=status, times=9, path_contains="/ping")
    with pytest.raises(NoUsableAnswerError, match="Nothing was kept") as refused:
        office.parts.worker.add_account(new(OWNER))
    assert "by itself" not in str(refused.value)
    assert [account.environment for account in office.parts.worker.accounts()] == before


def test_a_service_that_is_too_busy_to_answer_keeps_nothing_and_promises_nothing(
    office: Desk, cloud: Sandbox, new: New
) -> None:
    cloud.faults.answer(status=420, times=9, path_contains="/ping")
    with pytest.raises(NotNowError, match="Nothing was kept") as refused:
        office.parts.worker.add_account(new(OWNER))
    assert "by itself" not in str(refused.value)
    assert office.parts.worker.accounts() == ()
