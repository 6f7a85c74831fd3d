"""Environments of an agency, and how a person reads a page about them."""

from PySide6.QtWidgets import QLabel, QWidget

from bridge_app.domain.environments import Hue, Naming, Stage
from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.cloudinary.settings import ProvisioningKeys
from tests.desk import Desk

OWNER = SandboxAccount(cloud_name="web", api_key="1234567", api_secret="owners-secret")
STAGING = SandboxAccount(cloud_name="web-staging", api_key="2345678", api_secret="other-secret")
NAMING = Naming(label="Web shop", owner="Northlight", hue=Hue.TEAL, stage=Stage.PRODUCTION)
PREVIEW = Naming(label="Preview", owner="Northlight", hue=Hue.TEAL, stage=Stage.STAGING)
KEYS = ProvisioningKeys()


def said(parent: QWidget) -> str:
    """Everything that can be read there."""
    return "\n".join(one.text() for one in parent.findChildren(QLabel) if not one.isHidden())


def current(desk: Desk) -> str:
    account = desk.parts.worker.current_account()
    return account.environment if account else ""


def labelled(parent: QWidget, label: str) -> QWidget:
    named = (one for one in parent.findChildren(QLabel) if one.text().replace("&", "") == label)
    found = next(named).buddy()
    assert found is not None
    return found
