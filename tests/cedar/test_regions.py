"""One server has one name, however the settings write it."""

import pytest

from app.cedar.regions import REGIONS, server_name


@pytest.mark.parametrize(
    ("region", "base_url", "name"),
    [
        ("us", "", "us"),
        (" EU ", " ", "eu"),
        ("us", "https://sandbox.cedar.example:8443/root/", "sandbox.cedar.example"),
        ("eu", " HTTPS://Sandbox.Cedar.Example ", "sandbox.cedar.example"),
        ("eu", REGIONS["us"] + "/", "us"),
        ("us", "no address", ""),
        ("us", "https://[broken", ""),
    ],
)
def test_a_server_has_one_name(region: str, base_url: str, name: str) -> None:
    assert server_name(region, base_url) == name
