"""A channel that a package of others brings is published to, followed and taken back from."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bridge_app.channels.channel import ChannelNotInstalledError
from bridge_app.domain.approvals import Approval
from bridge_app.domain.contentstack import Destination, PublicationState
from bridge_app.domain.jobs import JobState
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.storage.secrets import Secret
from bridge_app.work.contentstack_asking import PublishWish
from tests.desk import Desk, picture, states

PAGE = Path(__file__).resolve().parents[2] / "docs" / "authors.md"
EXAMPLE = re.compile(r"^```python\n# wall\.py\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LOBBY = Destination(
    id="", name="Lobby", region="other:wall", api_key="https://wall.example", environment="public"
)
SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
WISH = PublishWish(content_type="page", entry="front", field="picture", preset="square")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The example of the page for authors, installed; the file of its entry points."""
    found = EXAMPLE.search(PAGE.read_text(encoding="utf-8"))
    assert found is not None
    (tmp_path / "wall.py").write_text(found[1], encoding="utf-8")
    information = tmp_path / "wall-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: wall\nVersion: 1.0\n")
    points = information / "entry_points.txt"
    points.write_text("[asset_bridge.channels]\nwall = wall:MAKER\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield points
    sys.modules.pop("wall", None)


def service() -> Any:
    """What is at the other end."""
    return sys.modules["wall"].WALLS["https://wall.example"]


def made(desk: Desk) -> str:
    """The hero, delivered and rendered as it is now; where."""
    desk.approve()
    desk.push()
    shelf = desk.parts.worker.renditions
    plan = shelf.plan([desk.asset("hero.jpg").id], RenditionWish(presets=(SQUARE,)))
    assert states(desk.finished(shelf.carry_out(plan))) == {JobState.DONE}
    return max(shelf.made_of(desk.asset("hero.jpg").id), key=lambda one: one.version).url


def test_a_picture_is_published_follows_its_master_and_leaves(desk: Desk, package: Path) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    first, stacks = made(desk), desk.parts.worker.contentstack
    lobby = stacks.add(LOBBY, Secret("t"))
    assert [one.uid for one in stacks.outline("Lobby").types] == ["page"]
    (job,) = desk.finished(stacks.publish("Lobby", [(desk.asset("hero.jpg"), WISH)]))
    assert job.state is JobState.DONE
    assert (service().versions, service().public) == (["", first], 2)
    before = desk.asset("hero.jpg").content
    picture(desk.folder / "hero.jpg", 2)
    desk.until(lambda: desk.asset("hero.jpg").content != before, what="the new version")
    second = made(desk)
    desk.until(lambda: service().public == 3, what="the new picture")
    assert service().versions == ["", first, second]
    # An editor's picture is left alone.
    service().versions.append("https://editor.example/theirs.jpg")
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)

    def state() -> PublicationState:
        (one,) = stacks.publications("Lobby")
        return one.state

    desk.until(lambda: service().public is None, what="the retraction")
    desk.until(lambda: state() is PublicationState.WITHDRAWN, what="the record")
    assert service().versions[3:] == ["https://editor.example/theirs.jpg"]
    package.unlink()
    with pytest.raises(ChannelNotInstalledError):
        stacks.change(replace(lobby, api_key="https://other.example"), None)


def test_a_channel_of_no_package_is_not_kept(desk: Desk) -> None:
    with pytest.raises(ChannelNotInstalledError):
        desk.parts.worker.contentstack.add(LOBBY, Secret("t"))
    assert desk.parts.worker.contentstack.destinations() == ()
