"""Where a server can be reached: what is refused, which names it answers to, what it believes of a proxy."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.web.exposure import Exposure

CERTIFICATE, KEY = Path("chain.pem"), Path("key.pem")
NAMES = ("quiz.example.org",)


@pytest.mark.parametrize(
    "exposure",
    [
        Exposure("127.0.0.1"),
        Exposure("localhost", classes=True),
        Exposure("::1", classes=True),
        Exposure("127.0.0.1", True, NAMES, proxy="127.0.0.1"),
        Exposure("0.0.0.0", True, NAMES, CERTIFICATE, KEY),
        Exposure("192.0.2.7", True, plain=True),
    ],
)
def test_what_can_be_served(exposure: Exposure) -> None:
    assert exposure.faults() == []


@pytest.mark.parametrize(
    ("exposure", "remedy"),
    [
        (Exposure("192.0.2.7", plain=True), "add --class"),
        (Exposure("127.0.0.1", False, NAMES, proxy="127.0.0.1"), "accounts; add --class"),
        (Exposure("192.0.2.7", True), "add --tls-cert and --tls-key, or --behind-proxy"),
        (Exposure("localhost.example.org", True), "--plain-http-anyway"),
        (Exposure("0.0.0.0", True, plain=True), "Add --name"),
        (Exposure("127.0.0.1", True, proxy="127.0.0.1"), "Add --name"),
        (Exposure("127.0.0.1", certificate=CERTIFICATE), "go together"),
        (Exposure("192.0.2.7", True, NAMES, CERTIFICATE, KEY, plain=True), "choose one"),
    ],
)
def test_what_is_refused_says_the_remedy(exposure: Exposure, remedy: str) -> None:
    assert remedy in exposure.faults()[0]


@pytest.mark.parametrize(
    ("exposure", "hosts", "address"),
    [
        (Exposure("127.0.0.1"), ("127.0.0.1", "localhost", "[::1]"), "http://127.0.0.1:80/"),
        (Exposure("::1"), ("127.0.0.1", "localhost", "[::1]"), "http://[::1]:80/"),
        (Exposure("192.0.2.7", True, plain=True), ("192.0.2.7",), "http://192.0.2.7:80/"),
        (Exposure("0.0.0.0", True, NAMES, CERTIFICATE, KEY), NAMES, "https://quiz.example.org:80/"),
        (Exposure("10.0.0.1", True, NAMES, proxy="10.0.0.2"), ("10.0.0.1", *NAMES), "https://quiz.example.org/"),
    ],
)
def test_names_and_address(exposure: Exposure, hosts: tuple[str, ...], address: str) -> None:
    assert exposure.hosts == hosts
    assert exposure.address(80) == address


def test_a_proxy_is_believed_only_where_one_is_named() -> None:
    assert "trusted_proxy" not in Exposure("127.0.0.1").waitress()
    assert Exposure("127.0.0.1").waitress()["clear_untrusted_proxy_headers"]
    behind = Exposure("10.0.0.1", True, NAMES, proxy="10.0.0.2")
    assert behind.waitress()["trusted_proxy"] == "10.0.0.2"
    assert behind.secure
