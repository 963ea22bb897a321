"""Where a server can be reached, by which names, and whether what travels there is safe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chainrule.hosts import is_any, is_loopback

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PROXY_HEADERS = {"x-forwarded-for", "x-forwarded-proto"}  # of which one hop is believed


@dataclass(frozen=True)
class Exposure:
    """What was asked for. names: of the server, beside its host. proxy: address of the one in front, '' for none."""

    host: str
    classes: bool = False
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    proxy: str = ""
    plain: bool = False

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def secure(self) -> bool:
        """Whether browsers speak TLS with it, or with the proxy in front of it."""
        return self.certificate is not None or bool(self.proxy)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that a browser may call it by."""
        own = LOOPBACK if self.local else () if is_any(self.host) else (bracketed(self.host),)
        return tuple(dict.fromkeys((*own, *self.names)))

    def address(self, port: int) -> str:
        """What a browser opens."""
        name = self.names[0] if self.names else bracketed(self.host)
        if self.proxy:
            return f"https://{name}/"
        return f"{'https' if self.certificate else 'http'}://{name}:{port}/"

    def waitress(self) -> dict[str, Any]:
        """How the server treats what a proxy says: believed from the one that was named, else taken away."""
        settings: dict[str, Any] = {"clear_untrusted_proxy_headers": True}
        if self.secure:
            settings["url_scheme"] = "https"
        if self.proxy:
            settings |= {
                "trusted_proxy": self.proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": PROXY_HEADERS
            }  # fmt: skip
        return settings

    def faults(self) -> list[str]:
        """What cannot be so, each with the remedy."""
        ways = sum((self.certificate is not None, bool(self.proxy), self.plain))
        found = {
            "--tls-cert and --tls-key go together": (self.certificate is None) != (self.key is None),
            "choose one of --tls-cert, --behind-proxy and --plain-http-anyway": ways > 1,
            f"--host {self.host} lets others in, who need accounts; add --class": not self.local and not self.classes,
            "--behind-proxy lets others in, who need accounts; add --class": bool(self.proxy) and not self.classes,
            f"--host {self.host} sends passwords and answers over a network; add --tls-cert and --tls-key, or "
            "--behind-proxy, or, where nobody can listen, --plain-http-anyway": not self.local and not ways,
            "by which name do browsers call the server? Add --name, such as --name quiz.example.org": (
                not self.names and (is_any(self.host) or bool(self.proxy))
            ),
        }
        return [text for text, holds in found.items() if holds]


def bracketed(host: str) -> str:
    """The host as it stands in an address."""
    return f"[{host}]" if ":" in host else host
