"""What the name or address of a host says of who can reach it."""

from __future__ import annotations

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host: what is sent there travels over no network."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_any(host: str) -> bool:
    """Whether the host stands for all addresses of the machine."""
    return host in {"", "0.0.0.0", "::", "0", "*"}
