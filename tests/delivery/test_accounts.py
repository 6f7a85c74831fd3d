"""What a person enters for an account, and what is never said of it again."""

import traceback
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.domain.errors import InvalidInputError
from bridge_app.storage.secrets import Secret

SECRET = "tOp-s3cret_value"
GOOD = f"cloudinary://123:{SECRET}@Studio-One"


def test_a_url_is_read_with_its_options() -> None:
    new = NewAccount.from_url(f" {GOOD}?upload_prefix=http://127.0.0.1:80&cname=a.example ")
    assert (new.cloud_name, new.api_key, new.secret.reveal()) == ("Studio-One", "123", SECRET)
    assert (new.upload_prefix, new.cname) == ("http://127.0.0.1:80", "a.example")


@pytest.mark.parametrize(
    "around", ["CLOUDINARY_URL={}", "export CLOUDINARY_URL='{}'", 'CLOUDINARY_URL = "{}"', "'{}'"]
)
def test_a_url_is_read_as_the_console_and_the_sandbox_write_it(around: str) -> None:
    assert NewAccount.from_url(around.format(GOOD)) == NewAccount.from_url(GOOD)


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=20))
def test_a_quoted_secret_of_any_text_is_read_back(secret: str) -> None:
    new = NewAccount.from_url(f"cloudinary://123:{quote(secret, safe='')}@studio")
    assert new.secret.reveal() == secret


@pytest.mark.parametrize(
    "text",
    [
        "",
        SECRET,
        f"https://123:{SECRET}@studio",
        f"cloudinary://123:{SECRET}@",
        f"cloudinary://:{SECRET}@studio",
        f"cloudinary://{SECRET}@studio",
        f"cloudinary://123:{SECRET}",
        f"cloudinary://1 2:{SECRET}@studio",
        f"cloudinary://123:{SECRET}@stu dio",
        f"cloudinary://123:{SECRET}[@studio",
        f"cloudinary://123:{SECRET}@[studio",
        f"cloudinary://123:{SECRET}℀@studio",
    ],
)
def test_an_unusable_url_is_refused_without_repeating_the_secret(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        NewAccount.from_url(text)
    told = "".join(traceback.format_exception(caught.value, limit=0))
    assert SECRET not in told
    assert SECRET not in repr(caught.value.facts)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=12))
@example("[")
@example("℀")
def test_whatever_is_pasted_is_an_account_or_refused(odd: str) -> None:
    for text in (odd, f"cloudinary://1:{SECRET}{odd}@studio", f"cloudinary://1:s@{odd}"):
        told = ""
        try:
            NewAccount.from_url(text)
        except InvalidInputError as error:
            told = str(error)
        assert SECRET not in told


def test_the_secret_shows_in_no_text_about_the_account() -> None:
    new = NewAccount.from_url(GOOD)
    credentials = Credentials(account=new.record(), secret=new.secret)
    for thing in (new, new.record(), credentials):
        assert SECRET not in repr(thing)
        assert SECRET not in str(thing)


@pytest.mark.parametrize("word", ["", " ", "two words", "a/b", "a@b", "a:b", "a?b", "tab\tbed"])
def test_cloud_name_and_key_are_one_word_each(word: str) -> None:
    with pytest.raises(InvalidInputError, match="cloud name"):
        NewAccount(cloud_name=word, api_key="1", secret=Secret("s"))
    with pytest.raises(InvalidInputError, match="API key"):
        NewAccount(cloud_name="studio", api_key=word, secret=Secret("s"))


def test_the_sdk_is_given_everything_it_needs_for_one_call() -> None:
    new = NewAccount(cloud_name="studio", api_key="1", secret=Secret(SECRET))
    options = Credentials(account=new.record(), secret=new.secret, timeout_s=5.0).options()
    assert options == {
        "cloud_name": "studio",
        "api_key": "1",
        "api_secret": SECRET,
        "timeout": 5.0,
    }
