"""A file becomes the new version of a master at its service, on the command line."""

from pathlib import Path

import pytest

from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.cli.test_cloud import Cloud
from tests.desk import picture
from tests.plain_http import plain


@pytest.fixture
def cloud(with_account: CommandLine, sandbox: Sandbox, tmp_path: Path) -> Cloud:
    return Cloud(sandbox, tmp_path)


def test_it_is_planned_refused_without_an_approval_and_made_with_one(
    with_account: CommandLine, cloud: Cloud, tmp_path: Path
) -> None:
    url = cloud.upload("summer/hero", 1)
    cloud.sync()
    before = plain.get(url).content
    file = picture(tmp_path / "retouched.jpg", 7)
    wish = ("new-version", "summer/hero", str(file))
    planned = with_account(*wish, "--approve", "--dry-run")
    assert (planned.status, planned.err) == (0, "")
    assert "new version at Cloudinary (studio)" in planned.out
    refused = with_account(*wish, "--wait")
    assert refused.status == 3
    assert "approved" in refused.err
    made = with_account(*wish, "--approve", "--wait", "--json")
    assert made.status == 0, made.err
    plan, job = made.lines
    assert (plan["service"], plan["environment"]) == ("Cloudinary", "studio")
    assert (job["kind"], job["state"]) == ("new_version", "done")
    (shown,) = with_account("show", plan["asset"], "--json").lines
    assert shown["sha256"] == plan["sha256"]
    assert shown["approval"] == "approved"
    now = plain.get(shown["cloud"]["url"]).content
    assert now == file.read_bytes() != before


def test_what_is_queued_already_is_waited_for_and_made_once(
    with_account: CommandLine, cloud: Cloud, tmp_path: Path
) -> None:
    cloud.upload("summer/hero", 1)
    cloud.sync()
    wish = ("new-version", "summer/hero", str(picture(tmp_path / "retouched.jpg", 7)), "--approve")
    assert with_account(*wish).status == 0
    assert len(list((with_account.profile / "edited").iterdir())) == 1
    made = with_account(*wish, "--wait", "--json")
    assert made.status == 0, made.err
    assert made.lines[-1]["state"] == "done"
    again = with_account(*wish, "--wait")
    assert (again.status, again.err) == (0, "hero.jpg holds this already.\n")
    assert len(list((with_account.profile / "edited").iterdir())) == 1


def test_what_has_no_service_and_a_file_that_is_not_there_are_told_of(
    with_account: CommandLine, cloud: Cloud, tmp_path: Path
) -> None:
    cloud.upload("summer/hero", 1)
    cloud.sync()
    assert with_account("new-version", "summer/hero", str(tmp_path / "none.jpg")).status == 1
    picture(with_account.masters / "beach.jpg", 3)
    with_account("library", "add", str(with_account.masters))
    beach = with_account("new-version", "beach.jpg", str(with_account.masters / "beach.jpg"))
    assert beach.status == 2
    assert "in a folder here" in beach.err
