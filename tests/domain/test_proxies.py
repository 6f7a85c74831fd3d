"""Which proxy an address is reached by."""

import pytest

from bridge_app.domain.proxies import (
    Proxy,
    UnreadableProxyError,
    UnspokenProxyError,
    check_proxies,
    proxy_of,
)

API = "https://api.cloudinary.com/v1_1/studio/ping"
OFFICE = {"HTTPS_PROXY": "http://proxy.office:3128"}


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, None),
        (OFFICE, "http://proxy.office:3128"),
        ({"https_proxy": "proxy.office:3128"}, "http://proxy.office:3128"),
        ({"https_proxy": "http://small:1", "HTTPS_PROXY": "http://capital:1"}, "http://small:1"),
        ({"ALL_PROXY": "http://any:8080"}, "http://any:8080"),
        ({**OFFICE, "ALL_PROXY": "socks://other:1"}, "http://proxy.office:3128"),
        ({"HTTP_PROXY": "http://plain:1"}, None),
        ({"HTTPS_PROXY": ""}, None),
    ],
)
def test_the_variables_that_other_programs_know_are_followed(
    variables: dict[str, str], address: str | None
) -> None:
    found = proxy_of(API, variables)
    assert (found.address if found else None) == address


@pytest.mark.parametrize(
    ("exceptions", "is_direct"),
    [
        ("", False),
        ("*", True),
        ("cloudinary.com", True),
        (".cloudinary.com", True),
        ("*.cloudinary.com", True),
        ("example.org, api.cloudinary.com", True),
        ("api.cloudinary.com:443", True),
        ("api.cloudinary.com:8443", False),
        ("dinary.com", False),
        ("10.0.0.0/8", False),
        (",", False),
    ],
)
def test_exceptions_are_reached_directly(exceptions: str, is_direct: bool) -> None:
    assert (proxy_of(API, {**OFFICE, "NO_PROXY": exceptions}) is None) is is_direct


@pytest.mark.parametrize("exceptions", ["10.0.0.0/8", "10.1.2.3", "10.1.2.3:8080"])
def test_networks_and_addresses_can_be_exceptions(exceptions: str) -> None:
    variables = {"HTTP_PROXY": "http://proxy:1", "NO_PROXY": exceptions}
    assert proxy_of("http://10.1.2.3:8080/x", variables) is None
    assert proxy_of("http://11.1.2.3:8080/x", variables) is not None


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1:8787", "localhost", "[::1]:8787", "127.4.5.6", "[::ffff:127.0.0.1]:8787"),
        *("[::ffff:127.4.5.6]", "0.0.0.0:8787", "[::]:8787", "[::ffff:0.0.0.0]"),
    ],
)
def test_this_computer_is_never_reached_by_a_proxy(host: str) -> None:
    assert proxy_of(f"http://{host}/demo", {"ALL_PROXY": "http://proxy:1"}) is None


def test_name_and_password_are_read_and_not_shown() -> None:
    found = proxy_of(API, {"HTTPS_PROXY": "http://an%40na:pa%3Ass@proxy.office:3128"})
    assert found == Proxy("http://proxy.office:3128", "an@na:pa:ss")
    assert "pa:ss" not in repr(found)


@pytest.mark.parametrize(
    "named", ["socks://u:secret@127.0.0.1:9050", "socks5h://10.0.0.1:1", "x://"]
)
def test_a_proxy_of_another_kind_is_neither_used_nor_gone_past(named: str) -> None:
    with pytest.raises(UnspokenProxyError) as told:
        proxy_of(API, {"ALL_PROXY": named})
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    "named",
    [
        "http://anna:s3/cret@proxy:3128",
        "http://anna:33/cret@proxy:3128",
        "http://anna:?cret@proxy:3128",
        "anna:#cret@proxy:3128",
        "http://anna:[cret@proxy:3128",
        "socks://anna:s3/cret@proxy:3128",
        "http://proxy:cret",
        "http://proxy:99999",
    ],
)
@pytest.mark.parametrize("variable", ["ALL_PROXY", "https_proxy"])
def test_what_is_no_address_is_refused_by_the_name_of_its_variable(
    named: str, variable: str
) -> None:
    with pytest.raises(UnreadableProxyError, match=variable) as told:
        proxy_of(API, {variable: named})
    assert not any(part in str(told.value) for part in ("anna", "s3", "33", "cret", "99999"))
    with pytest.raises(UnreadableProxyError, match=variable):
        check_proxies({variable: named})
