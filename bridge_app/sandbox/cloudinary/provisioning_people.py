"""The Provisioning API: users, groups of users, and what the account is billed for.

Source: reference/cloudinary.md 13.
"""

from bridge_app.sandbox.cloudinary.account import GROUPS, USERS, Account, Json
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.provisioning import Path, ProvisioningCall, required

ROLES = frozenset(
    {
        "master_admin",
        "admin",
        "billing",
        "technical_admin",
        "reports",
        "media_library_admin",
        "media_library_user",
    }
)
PENDING = "pending"


def _user_shape(user: Json) -> Json:
    return {
        **user,
        "pending": user["status"] == PENDING,
        "enabled": True,
        "all_sub_accounts": not user["sub_account_ids"],
    }


def _users(account: Account, _path: Path, params: Params) -> Json:
    """Those who meet every condition. Nobody ever logs in to the sandbox's console."""
    found = list(account.tables.rows(USERS).values())
    ids, status, prefix = params.csv("ids"), params.text("status"), params.text("prefix").lower()
    if ids:
        found = [user for user in found if user["id"] in ids]
    if "pending" in params:
        found = [user for user in found if (user["status"] == PENDING) == params.flag("pending")]
    if status:
        found = [user for user in found if user["status"] == status]
    if prefix:
        found = [
            user
            for user in found
            if user["name"].lower().startswith(prefix) or user["email"].lower().startswith(prefix)
        ]
    if "sub_account_id" in params:
        one = account.sub_account_row(params.text("sub_account_id"))["id"]
        found = [user for user in found if one in user["sub_account_ids"] or _sees_all(user)]
    if params.flag("last_login"):
        found = []
    return {"users": [_user_shape(user) for user in found]}


def _sees_all(user: Json) -> bool:
    return not user["sub_account_ids"]


def _user(account: Account, path: Path, _params: Params) -> Json:
    return _user_shape(account.row(USERS, path["id"], "user"))


def _user_created(account: Account, _path: Path, params: Params) -> Json:
    """A new user, pending until they choose a password, which nobody does here."""
    email = required(params, "email")
    if any(user["email"] == email for user in account.tables.rows(USERS).values()):
        raise CloudinaryError(409, f"User with email {email} already exists")
    user = {
        "id": account.new_id(),
        "name": required(params, "name"),
        "email": email,
        "role": _role(required(params, "role")),
        "status": PENDING,
        "sub_account_ids": account.known_sub_accounts(params.csv("sub_account_ids")),
        "group_ids": [],
        "created_at": account.at(),
        "updated_at": account.at(),
    }
    return _user_shape(account.change_user(user, {}))


def _role(role: str) -> str:
    if role not in ROLES:
        raise bad_request(f"Invalid role {role}")
    return role


def _user_updated(account: Account, path: Path, params: Params) -> Json:
    user = account.row(USERS, path["id"], "user")
    fields: Json = {name: params.text(name) for name in ("name", "email") if name in params}
    if "role" in params:
        fields["role"] = _role(params.text("role"))
    if "sub_account_ids" in params:
        fields["sub_account_ids"] = account.known_sub_accounts(params.csv("sub_account_ids"))
    return _user_shape(account.change_user(user, fields))


def _user_deleted(account: Account, path: Path, _params: Params) -> Json:
    account.row(USERS, path["id"], "user")
    account.tables.delete_row(USERS, path["id"])
    return {"message": "ok"}


def _groups_of_user(account: Account, path: Path, _params: Params) -> Json:
    user = account.row(USERS, path["id"], "user")
    groups = account.tables.rows(GROUPS)
    return {"groups": [groups[one] for one in user["group_ids"]]}


def _groups(account: Account, _path: Path, _params: Params) -> Json:
    return {"user_groups": list(account.tables.rows(GROUPS).values())}


def _group(account: Account, path: Path, _params: Params) -> Json:
    return account.row(GROUPS, path["id"], "user group")


def _group_created(account: Account, _path: Path, params: Params) -> Json:
    return _kept(account, {"id": account.new_id(), "name": required(params, "name")})


def _group_updated(account: Account, path: Path, params: Params) -> Json:
    group = account.row(GROUPS, path["id"], "user group")
    return _kept(account, {**group, "name": required(params, "name")})


def _kept(account: Account, group: Json) -> Json:
    account.tables.put_row(GROUPS, group["id"], group)
    return group


def _group_deleted(account: Account, path: Path, _params: Params) -> Json:
    account.row(GROUPS, path["id"], "user group")
    for user in account.members(path["id"]):
        _leave(account, user, path["id"])
    account.tables.delete_row(GROUPS, path["id"])
    return {"ok": True}


def _leave(account: Account, user: Json, group_id: str) -> None:
    left = [one for one in user["group_ids"] if one != group_id]
    account.change_user(user, {"group_ids": left})


def _members(account: Account, path: Path, _params: Params) -> Json:
    account.row(GROUPS, path["id"], "user group")
    found = account.members(path["id"])
    return {"users": [{name: user[name] for name in ("id", "name", "email")} for user in found]}


def _member_added(account: Account, path: Path, params: Params) -> Json:
    account.row(GROUPS, path["id"], "user group")
    user = account.row(USERS, path["user"], "user")
    groups = list(dict.fromkeys([*user["group_ids"], path["id"]]))
    account.change_user(user, {"group_ids": groups})
    return _members(account, path, params)


def _member_removed(account: Account, path: Path, params: Params) -> Json:
    account.row(GROUPS, path["id"], "user group")
    _leave(account, account.row(USERS, path["user"], "user"), path["id"])
    return _members(account, path, params)


def _billing_usage(account: Account, _path: Path, params: Params) -> Json:
    """What is stored now; the sandbox costs nothing."""
    storage = {
        row["cloud_name"]: sum(
            asset.bytes for asset in account.clouds[row["cloud_name"]].environment.assets()
        )
        for row in account.sub_accounts()
    }
    breakdown = [{"cloud_name": name, "storage": size} for name, size in storage.items()]
    usage = {"storage": {"usage": sum(storage.values())}, "credits": {"usage": 0}}
    asked = params.flag("include_prodenv_breakdown")
    return {
        "plan_name": "Sandbox",
        "year": params.text("year") or account.at()[:4],
        "metric_usage": usage,
        **({"prodenv_breakdown": breakdown} if asked else {}),
    }


PEOPLE_CALLS = (
    ProvisioningCall("GET", "/users", _users),
    ProvisioningCall("POST", "/users", _user_created),
    ProvisioningCall("GET", "/users/{id}", _user),
    ProvisioningCall("PUT", "/users/{id}", _user_updated),
    ProvisioningCall("DELETE", "/users/{id}", _user_deleted),
    ProvisioningCall("GET", "/users/{id}/groups", _groups_of_user),
    ProvisioningCall("GET", "/user_groups", _groups),
    ProvisioningCall("POST", "/user_groups", _group_created),
    ProvisioningCall("GET", "/user_groups/{id}", _group),
    ProvisioningCall("PUT", "/user_groups/{id}", _group_updated),
    ProvisioningCall("DELETE", "/user_groups/{id}", _group_deleted),
    ProvisioningCall("GET", "/user_groups/{id}/users", _members),
    ProvisioningCall("POST", "/user_groups/{id}/users/{user}", _member_added),
    ProvisioningCall("DELETE", "/user_groups/{id}/users/{user}", _member_removed),
    ProvisioningCall("GET", "/billing_usage", _billing_usage),
)
