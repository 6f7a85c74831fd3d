"""The last look before something leaves: never older than its question, whoever asks beside."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.channel_settings import ChannelSettings
from bridge_app.domain.policies import Policy
from bridge_app.domain.policies_json import PolicyDocumentError
from bridge_app.storage.last_looks import Look
from bridge_app.work.last_look import LastLook
from tests.desk import ACCOUNT, Desk, picture

HERE = ACCOUNT.cloud_name
NAMES = [f"picture-{number}.jpg" for number in range(12)]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for number, name in enumerate(NAMES):
        picture(desk.folder / name, number)
    desk.library()
    desk.approve()
    return desk


def looked(look: LastLook, asset: AssetId) -> Look:
    found = look.at(asset, HERE)
    assert found is not None
    return found


def test_what_was_said_before_the_question_is_in_the_answer(filled: Desk) -> None:
    look = LastLook(filled.parts.stock.readers)
    asset = filled.asset(NAMES[0]).id
    assert looked(look, asset).standing.approval is Approval.APPROVED
    assert looked(look, asset).policies == ()
    filled.parts.worker.decide([asset], Approval.REJECTED)
    filled.parts.worker.policies.put([Policy(name="all", stages=("legal",))])
    assert looked(look, asset).standing.approval is Approval.REJECTED
    assert [policy.name for policy in looked(look, asset).policies] == ["all"]
    filled.parts.worker.kits.save_channel(ChannelSettings(channel="shop", plugin_folders=("wp",)))
    assert [channel.plugin_folders for channel in looked(look, asset).channels] == [("wp",)]


def test_what_is_not_in_the_catalog_has_no_answer(filled: Desk) -> None:
    assert LastLook(filled.parts.stock.readers).at(AssetId("0" * 32), HERE) is None


def test_everybody_gets_the_answer_to_the_own_question(filled: Desk) -> None:
    look = LastLook(filled.parts.stock.readers)
    assets = {filled.asset(name).id: name for name in NAMES}
    asked = [*assets, AssetId("0" * 32)] * 20
    with ThreadPoolExecutor(16) as lanes:
        found = list(lanes.map(lambda asset: look.at(asset, HERE), asked))
    told = [None if one is None else one.standing.path for one in found]
    assert told == [assets.get(asset) for asset in asked]


def test_trouble_of_one_environment_stays_with_those_who_ask_for_it(filled: Desk) -> None:
    filled.parts.worker.policies.put([Policy(name="all")])
    newer = json.dumps({"name": "all", "of a newer version": 1})
    with closing(sqlite3.connect(filled.home / "profile" / "ledger.db")) as ledger, ledger:
        ledger.execute("UPDATE policy SET environment = 'elsewhere', told = ?", (newer,))
    look = LastLook(filled.parts.stock.readers)
    asset = filled.asset(NAMES[0]).id

    def answer(environment: str) -> str:
        try:
            found = look.at(asset, environment)
        except PolicyDocumentError:
            return "trouble"
        return "nothing" if found is None else found.standing.path

    asked = [HERE, "elsewhere"] * 40
    with ThreadPoolExecutor(16) as lanes:
        assert list(lanes.map(answer, asked)) == [NAMES[0], "trouble"] * 40
