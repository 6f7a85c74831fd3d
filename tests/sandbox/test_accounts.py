"""Who may call the sandbox."""

import pytest

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.accounts import SandboxAccount


def test_an_account_is_read_from_a_cloudinary_url() -> None:
    account = SandboxAccount.parse("cloudinary://key:s%40cret@My-Cloud?upload_prefix=x")
    assert (account.cloud_name, account.api_key) == ("My-Cloud", "key")
    assert account.api_secret.startswith("s@")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://key:secret@cloud",
        "cloudinary://cloud",
        "cloudinary://key@cloud",
        "cloudinary://key:secret@",
        "cloudinary://key:secret@../cloud",
        "cloudinary://key:secret@a b",
    ],
)
def test_what_is_no_cloudinary_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        SandboxAccount.parse(url)
    assert "secret@" not in str(refusal.value)


def test_a_secret_is_not_shown() -> None:
    assert "s3cr3t" not in repr(SandboxAccount.parse("cloudinary://key:s3cr3t@cloud"))


def test_the_url_for_the_sdk_leads_back_to_the_account() -> None:
    account = SandboxAccount.parse("cloudinary://k%2F1:a%40b%3Ac%3Fd@demo")
    url = account.url("http://127.0.0.1:8000")
    assert SandboxAccount.parse(url) == account
    assert url.endswith("@demo?upload_prefix=http://127.0.0.1:8000&cname=127.0.0.1:8000")
