import pytest

from app.cedar.address import service_address
from app.domain.faults import NotConfigured
from app.system.network import is_loopback


@pytest.mark.parametrize(
    ("region", "base_url", "expected"),
    [
        ("us", "", "https://api-lg-k-h1.arms.cedarai.com"),
        ("eu", "  ", "https://api-lg-k-h1.arms.cedarai.se"),
        ("EU", "", "https://api-lg-k-h1.arms.cedarai.se"),
        ("us", "https://cedar.example/", "https://cedar.example"),
        ("nowhere", "https://cedar.example/arms//", "https://cedar.example/arms"),
        ("us", "http://127.0.0.1:8099", "http://127.0.0.1:8099"),
        ("us", "http://localhost:8099/", "http://localhost:8099"),
        ("us", "http://[::1]:8099", "http://[::1]:8099"),
    ],
)
def test_address_of_the_service(region: str, base_url: str, expected: str) -> None:
    assert str(service_address(region, base_url)) == expected


@pytest.mark.parametrize(
    "base_url",
    [
        "cedar.example",
        "ftp://cedar.example",
        "https://",
        "https://user:secret@cedar.example",
        "https://cedar.example?a=b",
        "https://cedar.example#x",
        "https://cedar.example:port",
        "https://bad host",
        "https://" + "a" * 70_000,
        "http://cedar.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://10.0.0.1",
    ],
)
def test_unusable_addresses_are_refused_with_a_sentence(base_url: str) -> None:
    with pytest.raises(NotConfigured) as caught:
        service_address("us", base_url)
    assert "secret" not in str(caught.value)


def test_unknown_region_is_refused() -> None:
    with pytest.raises(NotConfigured, match="choose us or eu"):
        service_address("mars", "")


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("127.1.2.3", True), ("::1", True), ("[::1]", True), ("0.0.0.0", False), ("a.b", False)],  # noqa: S104 (a name, not a bind)
)
def test_loopback(host: str, *, expected: bool) -> None:
    assert is_loopback(host) is expected
