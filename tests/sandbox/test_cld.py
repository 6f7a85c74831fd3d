"""Cloudinary's own command line against the sandbox, configured by its environment alone."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bridge_app.sandbox.cloudinary.settings import ProvisioningKeys
from bridge_app.sandbox.options import account_url
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

CLD = Path(sys.executable).with_name("cld")


def cld(sandbox: Sandbox, home: Path, *arguments: str, **settings: str) -> str:
    """All that the command says; it must succeed."""
    if not CLD.exists():
        pytest.skip(f"there is no {CLD}")
    environment = {
        "CLOUDINARY_CLOUD_NAME": "demo",
        "CLOUDINARY_API_KEY": "1234",
        "CLOUDINARY_API_SECRET": "s3cr3t",
        "CLOUDINARY_UPLOAD_PREFIX": sandbox.url,
        "CLOUDINARY_CNAME": urlsplit(sandbox.url).netloc,
        "CLOUDINARY_SECURE": "false",
        "CLOUDINARY_HOME": str(home),
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        **settings,
    }
    done = subprocess.run(
        [str(CLD), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_upload_dir_and_admin_work_as_documented(
    sandbox: Sandbox, tmp_path: Path, jpeg: Path, png: bytes
) -> None:
    folder = tmp_path / "holiday pictures"
    (folder / "sea").mkdir(parents=True)
    jpeg.rename(folder / "sea" / "wave é.jpg")
    (folder / "logo.png").write_bytes(png)
    (folder / "notes.txt").write_text("hello")

    said = cld(sandbox, tmp_path, "upload_dir", str(folder), "-f", "2026")
    assert "3 resources uploaded" in said
    stored = {asset.display_name: asset for asset in sandbox.stored("demo")}
    assert set(stored) == {"wave é", "logo", "notes.txt"}
    assert stored["wave é"].asset_folder == "2026/holiday pictures/sea"
    assert stored["notes.txt"].resource_type == "raw"

    assert '"status": "ok"' in cld(sandbox, tmp_path, "admin", "ping")
    listing = cld(sandbox, tmp_path, "admin", "resources", "max_results=500")
    assert stored["logo"].public_id in listing
    url = cld(sandbox, tmp_path, "url", stored["logo"].public_id)
    assert url.strip().startswith(f"{sandbox.url}/demo/image/upload/")


LOGIN = """
import sys, webbrowser
import httpx
from cloudinary_cli import auth
from cloudinary_cli.auth import flow, session
from cloudinary_cli.utils.config_utils import load_config

here = sys.argv[1]
flow.oauth_authorize_url_for_region = lambda _: f"{here}/oauth2/auth"
flow.oauth_token_url_for_region = lambda _: f"{here}/oauth2/token"
flow.oauth_revoke_url_for_region = lambda _: f"{here}/oauth2/revoke"
session.api_host_for_region = lambda _: here

def person(url):
    import threading
    allow = {"decision": "allow", "cloud_name": "demo"}
    answer = httpx.get(httpx.URL(url).copy_merge_params(allow))
    follow = threading.Thread(target=httpx.get, args=[answer.headers["location"]])
    follow.start()
    return True

webbrowser.open = person
print("name", auth.login())
print("before", load_config()["demo"])
print("refreshed", auth.refresh_configs(force=True))
print("after", load_config()["demo"])
if len(sys.argv) > 2:
    print("logout", auth.logout("demo"))
"""
"""`cld login` has its authorization server's host built in; everything else of it is used."""


def logged_in(sandbox: Sandbox, home: Path, *arguments: str) -> str:
    """What the script says; it must succeed."""
    if not CLD.exists():
        pytest.skip(f"there is no {CLD}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "CLOUDINARY_OAUTH_REDIRECT_PORT": str(port),
        "CLOUDINARY_HOME": str(home),
        "HOME": str(home),
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [sys.executable, "-c", LOGIN, sandbox.url, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_logging_in_refreshing_and_logging_out_work(sandbox: Sandbox, tmp_path: Path) -> None:
    said = dict(line.split(" ", 1) for line in logged_in(sandbox, tmp_path).splitlines())
    assert said["refreshed"] == "{'demo': 'refreshed'}"
    assert said["before"] != said["after"]
    environment = {"CLOUDINARY_HOME": str(tmp_path), "HOME": str(tmp_path)}
    ping = subprocess.run(
        [str(CLD), "-C", "demo", "admin", "ping"],
        env={**environment, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert '"status": "ok"' in ping.stdout
    out = dict(line.split(" ", 1) for line in logged_in(sandbox, tmp_path, "out").splitlines())
    assert out["logout"] == "removed"
    token = parse_qs(urlsplit(out["after"]).query)["oauth_token"][0]
    headers = {"Authorization": f"Bearer {token}"}
    assert plain.get(f"{sandbox.url}/v1_1/demo/ping", headers=headers).status_code == 401


def test_provisioning_works_as_documented(sandbox: Sandbox, tmp_path: Path) -> None:
    account = {"CLOUDINARY_ACCOUNT_URL": account_url(ProvisioningKeys())}
    made = cld(sandbox, tmp_path, "provisioning", "create_sub_account", "summer", **account)
    assert '"cloud_name": "summer"' in made
    listed = cld(sandbox, tmp_path, "provisioning", "sub_accounts", **account)
    assert '"name": "summer"' in listed
