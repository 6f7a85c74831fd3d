"""The samples that new environments come with, where somebody wants them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import NotFound

from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

MakeSandbox = Callable[..., Sandbox]
Connect = Callable[[Sandbox], None]


@pytest.mark.parametrize("mode", ["fixed", "dynamic"])
def test_a_new_environment_has_a_folder_and_a_picture(
    make_sandbox: MakeSandbox, connect: Connect, mode: str
) -> None:
    sandbox = make_sandbox(folder_mode=mode, settings=Settings(samples=True))
    sandbox.start()
    connect(sandbox)
    assert [folder["path"] for folder in api.root_folders()["folders"]] == ["samples"]
    sample = api.resource("sample")
    assert (sample["width"], sample["height"], sample["format"]) == (864, 576, "jpg")
    assert len(plain.get(sample["secure_url"]).content) == sample["bytes"]


def test_what_was_removed_does_not_come_back(
    make_sandbox: MakeSandbox, connect: Connect, tmp_path: Path, jpeg: Path
) -> None:
    options = {"state": tmp_path / "state", "settings": Settings(samples=True)}
    first = make_sandbox(**options)
    first.start()
    connect(first)
    uploader.destroy("sample")
    uploader.upload(str(jpeg), public_id="own")
    first.stop()
    second = make_sandbox(**options)
    second.start()
    connect(second)
    assert api.resource("own")["bytes"]
    with pytest.raises(NotFound):
        api.resource("sample")


@pytest.mark.usefixtures("sdk")
def test_without_the_option_an_environment_is_empty() -> None:
    assert api.root_folders()["folders"] == []
    with pytest.raises(NotFound):
        api.resource("sample")
