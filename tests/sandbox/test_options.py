"""The options of `asset-bridge sandbox`."""

from pathlib import Path

import pytest

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.options import account_url, provisioning_keys, settings_from, shelter_from


def test_the_options_become_settings(tmp_path: Path) -> None:
    settings = settings_from(
        plan="free",
        auth_token_key="00112233FF99",
        hosts=["Media.Example.com=demo"],
        remote_files=[f"http://example.com/a?b=c={tmp_path}"],
        provisioning="account://k%2F1:s@id",
        secure_delivery_base="https://cdn.example.com",
        samples=True,
    )
    assert settings.plan.name == "Free"
    assert (settings.secure_delivery_base, settings.samples) == ("https://cdn.example.com", True)
    assert settings.hosts == {"media.example.com": "demo"}
    assert settings.remote_files == {"http://example.com/a?b=c": tmp_path}
    assert (settings.provisioning.api_key, settings.provisioning.account_id) == ("k/1", "id")


@pytest.mark.parametrize(
    "wrong",
    [
        {"plan": "huge"},
        {"auth_token_key": "xyz"},
        {"hosts": ["nothing"]},
        {"provisioning": "cloudinary://k:secret@id"},
        {"secure_delivery_base": "http://cdn.example.com"},
    ],
)
def test_options_nobody_understands_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        settings_from(**wrong)  # type: ignore[arg-type] # one wrong value at a time
    assert "secret" not in str(refusal.value)


def test_a_provisioning_secret_is_not_shown() -> None:
    assert "s3cr3t" not in repr(provisioning_keys("account://k:s3cr3t@id"))


def test_the_account_url_leads_back_to_its_keys() -> None:
    keys = provisioning_keys("account://k%2F1:s%40b@id")
    assert provisioning_keys(account_url(keys)) == keys


def test_the_options_of_the_shelter_become_settings() -> None:
    settings = shelter_from(key="mine", rate="5/2", strict=True)
    assert (settings.api_key, settings.strict) == ("mine", True)
    assert (settings.rate_limit, settings.rate_seconds) == (5, 2.0)
    assert shelter_from(rate="0/1").rate_limit is None


@pytest.mark.parametrize("rate", ["5", "5/0", "x/1", "-1/2", "5/1/1"])
def test_a_rate_nobody_understands_is_refused(rate: str) -> None:
    with pytest.raises(InvalidInputError):
        shelter_from(rate=rate)
