"""The account that owns the product environments: sub accounts, their keys, users and groups.

Source: reference/cloudinary.md 13.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bridge_app.sandbox.cloudinary.cloud import Cloud, iso
from bridge_app.sandbox.cloudinary.clouds import Clouds
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.key_ring import AccessKey, new_access_key
from bridge_app.sandbox.tables import Tables

Json = dict[str, Any]

SUB_ACCOUNTS, USERS, GROUPS = "sub_account", "user", "user_group"
CLOUD_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
ROOT_KEY = "Root"


class Account:
    """One account. Used on the event loop.

    Args:
        tables: Where it is kept.
        clouds: The product environments; those made here are added.
        now: The clock.
        new_id: Makes 32 hexadecimal digits.
    """

    def __init__(
        self,
        tables: Tables,
        clouds: Clouds,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self.tables = tables
        self.clouds = clouds
        self._now = now
        self.new_id = new_id
        self._take_over()

    def _take_over(self) -> None:
        """Own the clouds of the start, and open those made in an earlier one."""
        rows = self.tables.rows(SUB_ACCOUNTS)
        known = {row["cloud_name"] for row in rows.values()}
        for name in self.clouds:
            if name not in known:
                row = self._sub_account(name, name, {"given": True})
                self.tables.put_row(SUB_ACCOUNTS, row["id"], row)
        for row in rows.values():
            if not row["given"]:
                self.clouds.open(row["cloud_name"])
            if row["cloud_name"] in self.clouds:
                self.clouds.enable(row["cloud_name"], enabled=row["enabled"])

    def at(self) -> str:
        """Now, as the API writes times."""
        return iso(self._now())

    # Sub accounts

    def sub_accounts(self) -> list[Json]:
        """Every product environment that there is, oldest first."""
        rows = self.tables.rows(SUB_ACCOUNTS).values()
        return [self.shape(row) for row in rows if row["cloud_name"] in self.clouds]

    def sub_account_row(self, sub_account_id: str) -> Json:
        """One of them, as it is kept.

        Raises:
            CloudinaryError: 404, there is none.
        """
        row = self.tables.rows(SUB_ACCOUNTS).get(sub_account_id)
        if row is None or row["cloud_name"] not in self.clouds:
            raise CloudinaryError(404, f"Cannot find sub account with id {sub_account_id}")
        return row

    def shape(self, row: Mapping[str, Any]) -> Json:
        """One of them as replies show it, with its keys."""
        told = {name: value for name, value in row.items() if name != "given"}
        keys = self.clouds[row["cloud_name"]].keys.all().values()
        return {
            **told,
            "api_access_keys": [
                {"key": key.api_key, "secret": key.api_secret, "enabled": key.enabled}
                for key in keys
            ],
        }

    def create_sub_account(self, name: str, cloud_name: str, fields: Mapping[str, Any]) -> Json:
        """Make a product environment with one key; its row.

        Raises:
            CloudinaryError: 400 or 409, the cloud name cannot be used.
        """
        cloud_name = cloud_name or self._free_name(name)
        if not CLOUD_NAME.fullmatch(cloud_name):
            raise bad_request(f"cloud_name {cloud_name} is invalid")
        if cloud_name in self.clouds:
            raise CloudinaryError(409, f"cloud_name {cloud_name} is already taken")
        row = self._sub_account(name, cloud_name, fields)
        cloud = self.clouds.open(cloud_name)
        cloud.keys.put(new_access_key(ROOT_KEY, self.at(), enabled=True, root=True))
        self.tables.put_row(SUB_ACCOUNTS, row["id"], row)
        self.clouds.enable(cloud_name, enabled=row["enabled"])
        return row

    def _sub_account(self, name: str, cloud_name: str, fields: Mapping[str, Any]) -> Json:
        at = self.at()
        return {
            "id": hashlib.sha256(f"{cloud_name} {at}".encode()).hexdigest()[:32],
            "cloud_name": cloud_name,
            "name": name,
            "enabled": True,
            "created_at": at,
            "updated_at": at,
            "custom_attributes": {},
            "given": False,
            **fields,
        }

    def _free_name(self, name: str) -> str:
        """A cloud name that nobody has, made from a name."""
        plain = re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-")[:60] or "cloud"
        return plain if plain not in self.clouds else f"{plain}-{secrets.token_hex(3)}"

    def update_sub_account(self, sub_account_id: str, fields: Mapping[str, Any]) -> Json:
        """Change its name, its attributes, or whether it may be used; its row.

        Raises:
            CloudinaryError: 404, there is none; 400, its cloud name stays.
        """
        row = self.sub_account_row(sub_account_id)
        if fields.get("cloud_name", row["cloud_name"]) != row["cloud_name"]:
            raise bad_request("cloud_name cannot be changed")
        changed = {**row, **fields, "updated_at": self.at()}
        self.tables.put_row(SUB_ACCOUNTS, sub_account_id, changed)
        self.clouds.enable(row["cloud_name"], enabled=changed["enabled"])
        return changed

    def delete_sub_account(self, sub_account_id: str) -> None:
        """Delete a product environment with everything in it.

        Raises:
            CloudinaryError: 404, there is none; 400, it is one of the start.
        """
        row = self.sub_account_row(sub_account_id)
        if row["given"]:
            raise bad_request("A product environment the sandbox was started with cannot go")
        self.tables.delete_row(SUB_ACCOUNTS, sub_account_id)
        self.clouds.delete(row["cloud_name"])

    # Keys

    def key(self, cloud: Cloud, *, api_key: str = "", name: str = "") -> AccessKey:
        """One of its keys, by key or by name.

        Raises:
            CloudinaryError: 404, there is none.
        """
        for key in cloud.keys.all().values():
            if (api_key and key.api_key == api_key) or (name and key.name == name):
                return key
        raise CloudinaryError(404, f"Cannot find access key {api_key or name}")

    # Users and groups

    def row(self, table: str, row_id: str, what: str) -> Json:
        """A user or a group.

        Raises:
            CloudinaryError: 404, there is none.
        """
        row = self.tables.rows(table).get(row_id)
        if row is None:
            raise CloudinaryError(404, f"Cannot find {what} with id {row_id}")
        return row

    def members(self, group_id: str) -> list[Json]:
        """The users in a group."""
        users = self.tables.rows(USERS).values()
        return [user for user in users if group_id in user["group_ids"]]

    def change_user(self, user: Mapping[str, Any], fields: Mapping[str, Any]) -> Json:
        """Keep a user with other facts."""
        changed = {**user, **fields, "updated_at": self.at()}
        self.tables.put_row(USERS, changed["id"], changed)
        return changed

    def known_sub_accounts(self, ids: Iterable[str]) -> list[str]:
        """The IDs, all of which must exist.

        Raises:
            CloudinaryError: 404, one does not.
        """
        return [str(self.sub_account_row(one)["id"]) for one in ids]
