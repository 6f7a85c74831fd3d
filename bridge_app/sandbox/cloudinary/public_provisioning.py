"""The Provisioning API's public part: accounts and clouds that programs make for a person.

Source: reference/cloudinary.md 13.
"""

import ipaddress
from datetime import timedelta

from bridge_app.sandbox.cloudinary.account import Account, Json
from bridge_app.sandbox.cloudinary.cloud import iso
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.key_ring import AccessKey
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.provisioning import required

EMAILS = "agent_email"
CLAIM_LIFE = timedelta(days=7)
MAX_IPS = 3
REQUESTER = "requester_ip"
LENGTHS = {"agent_framework": 100, "agent_llm_model": 100, "agent_goal": 300}


def create_account(account: Account, params: Params, issuer: str) -> Json:
    """A product environment that may not be used until the person says so, by e-mail.

    The sandbox sends none; the Provisioning API can enable it.

    Raises:
        CloudinaryError: 400 or 409, something is missing or the address is taken.
    """
    del issuer
    email = required(params, "email")
    for name, most in LENGTHS.items():
        if not 2 <= len(required(params, name)) <= most:
            raise bad_request(f"{name} must be between 2 and {most} characters")
    if email in account.tables.rows(EMAILS):
        raise CloudinaryError(409, "Email has already been taken")
    row = account.create_sub_account(email.partition("@")[0], "", {"enabled": False})
    account.tables.put_row(EMAILS, email, {"sub_account_id": row["id"]})
    return {
        "external_id": row["id"],
        "email": email,
        "plan_name": "free",
        "product_environments": [{"external_id": row["id"], **_credentials(account, row)}],
        "guidance": "The product environment can be used once it is enabled.",
    }


def create_cloud(account: Account, params: Params, issuer: str) -> Json:
    """A product environment that works at once, and could be claimed by a person.

    The sandbox is reached from this machine alone, so it notes the addresses only.

    Raises:
        CloudinaryError: 400, an address is none.
    """
    ips = [*_addresses(params.csv("delivery_ips")), "127.0.0.1"]
    row = account.create_sub_account(f"cloud-{account.new_id()[:8]}", "", {})
    cloud = account.clouds[row["cloud_name"]]
    token = account.new_id()
    return {
        "account_id": row["id"],
        "email": params.text("email") or f"{row['cloud_name']}@cloud.invalid",
        **_credentials(account, row),
        "claimed": False,
        "expires_at": iso(cloud.now() + CLAIM_LIFE),
        "delivery_ips": list(dict.fromkeys(ips)),
        "claim_url": f"{issuer}/users/agent_email_confirmation?token={token}",
        "guidance": "The cloud works immediately.",
    }


def _addresses(given: tuple[str, ...]) -> list[str]:
    """The addresses besides the caller's own."""
    wanted = [one for one in given if one != REQUESTER]
    if len(wanted) > MAX_IPS:
        raise bad_request(f"delivery_ips may hold {MAX_IPS} addresses")
    try:
        return [str(ipaddress.ip_address(one)) for one in wanted]
    except ValueError as error:
        raise bad_request("delivery_ips must be an array of IP addresses") from error


def _credentials(account: Account, row: Json) -> Json:
    key: AccessKey = next(iter(account.clouds[row["cloud_name"]].keys.all().values()))
    url = f"cloudinary://{key.api_key}:{key.api_secret}@{row['cloud_name']}"
    return {
        "cloud_name": row["cloud_name"],
        "api_key": key.api_key,
        "api_secret": key.api_secret,
        "api_environment_variable": f"CLOUDINARY_URL={url}",
    }
