"""Who may see the log: whoever has the key, from a page of ours, by a name of ours."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
from ipaddress import ip_address

# The Host of a request: a name or an address, IPv6 in brackets, and perhaps a port.
HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:\[\]/@]+)(:\d{1,5})?")


class Guard:
    """Judges requests by what their headers say. ``names`` are those by which this machine is
    called, besides localhost and addresses in numbers."""

    def __init__(self, names: Iterable[str]) -> None:
        self.token = secrets.token_urlsafe(32)
        self._names = {"localhost", *(name.lower() for name in names)}

    def has_token(self, *given: str | None) -> bool:
        """Whether one of these is the token. Takes as long for a wrong one, however near."""
        tried = [hmac.compare_digest(one.encode(), self.token.encode()) for one in given if one]
        return any(tried)

    def knows(self, host: str) -> bool:
        """Whether a request for this ``Host`` was meant for us. Another name is that of a site
        which has made the browser believe that it lives here."""
        found = HOST.fullmatch(host)
        if found is None:
            return False
        name = found[1].strip("[]")
        try:
            ip_address(name)
        except ValueError:
            return name.lower().rstrip(".") in self._names
        return True

    def is_ours(self, origin: str, host: str) -> bool:
        """Whether a page of this ``Origin`` is one that came from ``host``."""
        return origin in (f"http://{host}", f"https://{host}")


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
