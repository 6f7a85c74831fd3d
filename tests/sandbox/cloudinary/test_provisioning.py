"""The Provisioning API, by the official SDK."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cloudinary
import pytest
from cloudinary import api, provisioning, uploader
from cloudinary.exceptions import AlreadyExists, AuthorizationRequired, BadRequest, NotFound

from bridge_app.sandbox.cloudinary.settings import ProvisioningKeys
from bridge_app.sandbox.options import account_url
from bridge_app.sandbox.server import Sandbox

Connect = Callable[[Sandbox], None]


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch, sdk: Sandbox) -> Iterator[None]:
    monkeypatch.setenv("CLOUDINARY_ACCOUNT_URL", account_url(ProvisioningKeys()))
    provisioning.reset_config()
    yield
    monkeypatch.undo()
    provisioning.reset_config()


def in_cloud(made: dict[str, Any]) -> dict[str, str]:
    key = made["api_access_keys"][0]
    return {
        "cloud_name": made["cloud_name"],
        "api_key": key["key"],
        "api_secret": key["secret"],
    }


def test_a_new_product_environment_can_be_used_at_once(jpeg: Path) -> None:
    made = provisioning.create_sub_account("Summer 2027", custom_attributes={"who": "ours"})
    where = in_cloud(made)
    reply = uploader.upload(str(jpeg), public_id="pic", **where)
    assert f"/{made['cloud_name']}/image/upload/" in reply["url"]
    assert [one["public_id"] for one in api.resources(**where)["resources"]] == ["pic"]
    assert api.resources()["resources"] == []
    listed = provisioning.sub_accounts(prefix="summer")["sub_accounts"]
    assert [one["custom_attributes"] for one in listed] == [{"who": "ours"}]


def test_a_disabled_product_environment_refuses_everybody() -> None:
    made = provisioning.create_sub_account("later", enabled=False)
    with pytest.raises(AuthorizationRequired, match="disabled"):
        api.ping(**in_cloud(made))
    provisioning.update_sub_account(made["id"], enabled=True)
    assert api.ping(**in_cloud(made))["status"] == "ok"


def test_what_was_deleted_is_gone() -> None:
    made = provisioning.create_sub_account("short", cloud_name="short")
    with pytest.raises(AlreadyExists):
        provisioning.create_sub_account("other", cloud_name="short")
    provisioning.delete_sub_account(made["id"])
    with pytest.raises(NotFound):
        provisioning.sub_account(made["id"])
    with pytest.raises(AuthorizationRequired):
        api.ping(**in_cloud(made))


def test_the_clouds_of_the_start_are_there_and_stay() -> None:
    (one,) = provisioning.sub_accounts()["sub_accounts"]
    assert (one["cloud_name"], one["api_access_keys"][0]["key"]) == ("demo", "1234")
    with pytest.raises(BadRequest):
        provisioning.delete_sub_account(one["id"])


def test_everything_outlives_a_restart(sdk: Sandbox, jpeg: Path) -> None:
    made = provisioning.create_sub_account("kept")
    user = provisioning.create_user("Kim", "kim@example.com", "reports")
    uploader.upload(str(jpeg), public_id="pic", **in_cloud(made))
    sdk.stop()
    sdk.start()
    assert [one["public_id"] for one in api.resources(**in_cloud(made))["resources"]] == ["pic"]
    assert provisioning.user(user["id"])["email"] == "kim@example.com"


def test_keys_are_made_disabled_and_deleted() -> None:
    (demo,) = provisioning.sub_accounts()["sub_accounts"]
    key = provisioning.generate_access_key(demo["id"], name="robot")
    mine = {"api_key": key["api_key"], "api_secret": key["api_secret"]}
    assert api.ping(**mine)["status"] == "ok"
    provisioning.update_access_key(demo["id"], key["api_key"], enabled=False)
    with pytest.raises(AuthorizationRequired, match="unknown api_key"):
        api.ping(**mine)
    names = [one["name"] for one in provisioning.access_keys(demo["id"])["access_keys"]]
    assert names == ["Root", "robot"]
    provisioning.delete_access_key(demo["id"], name="robot")
    assert provisioning.access_keys(demo["id"])["total"] == 1


def test_users_are_found_by_what_is_known_of_them() -> None:
    (demo,) = provisioning.sub_accounts()["sub_accounts"]
    other = provisioning.create_sub_account("other")
    provisioning.create_user("Ada", "ada@example.com", "admin")
    provisioning.create_user("Bo", "bo@example.com", "reports", [other["id"]])

    def found(**conditions: Any) -> list[str]:
        return [user["name"] for user in provisioning.users(**conditions)["users"]]

    assert found() == ["Ada", "Bo"]
    assert found(sub_account_id=demo["id"]) == ["Ada"]
    assert found(prefix="b") == ["Bo"]
    assert found(status="active") == []
    assert found(last_login=True) == []
    with pytest.raises(NotFound, match="Cannot find sub account with id nothing"):
        found(sub_account_id="nothing")
    with pytest.raises(BadRequest, match="role"):
        provisioning.create_user("Cy", "cy@example.com", "king")


def test_groups_hold_users() -> None:
    user = provisioning.create_user("Ada", "ada@example.com", "admin")
    group = provisioning.create_user_group("editors")
    provisioning.add_user_to_group(group["id"], user["id"])
    assert [one["id"] for one in provisioning.user_group_users(group["id"])["users"]] == [
        user["id"]
    ]
    assert provisioning.user_in_user_groups(user["id"])["groups"] == [group]
    provisioning.delete_user_group(group["id"])
    assert provisioning.user_in_user_groups(user["id"])["groups"] == []


def test_only_the_right_keys_open_the_right_account() -> None:
    with pytest.raises(AuthorizationRequired):
        provisioning.users(provisioning_api_secret="wrong")
    with pytest.raises(AuthorizationRequired):
        provisioning.users(account_id="another")


def test_a_claimable_cloud_works_at_once_and_an_account_does_not() -> None:
    cloud = provisioning.create_cloud(["requester_ip"])
    where = {name: cloud[name] for name in ("cloud_name", "api_key", "api_secret")}
    assert api.ping(**where)["status"] == "ok"
    made = provisioning.create_agent_account("me@example.com", "frame", "model", "some goal")
    (environment,) = made["product_environments"]
    with pytest.raises(AuthorizationRequired):
        api.ping(**{name: environment[name] for name in ("cloud_name", "api_key", "api_secret")})
    with pytest.raises(AlreadyExists):
        provisioning.create_agent_account("me@example.com", "frame", "model", "some goal")
    with pytest.raises(BadRequest, match="delivery_ips"):
        provisioning.create_cloud(["nowhere"])
    assert cloudinary.config().cloud_name == "demo"
