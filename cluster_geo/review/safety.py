"""Who may ask: this machine's own page and nobody else, though any page may try to reach it.

A page of another site can send requests to an address of this machine, and can have its own name
point here ("DNS rebinding"). So a request counts only with the exact name of this server as its
host, with the cookie that the one-time address was exchanged for, and, where it changes anything
or opens the socket, with the origin of this page and a token that only this page was given.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError, RequestHandler

HOSTS = ("127.0.0.1", "localhost")
JSON = "application/json"
# Letters of a secret: 256 bits of chance.
SECRET_BYTES = 32
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
}


@dataclass(eq=False)
class Keys:
    """What opens the page of one server.

    Parameters
    ----------
    port : int
    token : str
        Of the address; "" once it has been used.
    session : str
        Of the cookie that it was exchanged for.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(SECRET_BYTES), repr=False)
    session: str = field(default_factory=lambda: secrets.token_urlsafe(SECRET_BYTES), repr=False)

    @property
    def address(self) -> str:
        """Address to open; it works once."""
        return f"http://{HOSTS[0]}:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """Name of the cookie: browsers have one set of cookies for all ports of a machine."""
        return f"cluster_geo_{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """What a request to this server may call it."""
        return frozenset(f"{host}:{self.port}" for host in HOSTS)

    def exchange(self, token: str) -> bool:
        """Use the token of the address up; return whether it was the right one."""
        right = bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())
        if right:
            self.token = ""
        return right

    def opens(self, cookie: str | None) -> bool:
        """Return whether a cookie is the one that was given."""
        return hmac.compare_digest((cookie or "").encode(), self.session.encode())


class Guarded(RequestHandler):
    """A request that counts only where it comes from this server's own page."""

    keys: Keys

    def initialize(self, keys: Keys) -> None:
        """Take what opens the page."""
        self.keys = keys

    def set_default_headers(self) -> None:
        """Close what a browser leaves open."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse what comes from elsewhere."""
        require_host(self.request, self.keys)
        if not self.keys.opens(self.get_cookie(self.keys.cookie)):
            raise HTTPError(403, reason="Open the address that the command has printed")
        if self.request.method not in ("GET", "HEAD"):
            require_origin(self.request, self.keys)
            kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if kind != JSON:
                raise HTTPError(415, reason="Only JSON is read here")

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401 - Tornado's
        """Say what is wrong, and nothing of how this program is made."""
        self.answer({"faults": [f"{self._reason}."]}, status_code)

    def answer(self, content: object, status: int = 200) -> None:
        """Send values as JSON."""
        self.set_status(status)
        self.set_header("Content-Type", f"{JSON}; charset=utf-8")
        self.finish(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def require_host(request: HTTPServerRequest, keys: Keys) -> None:
    """Refuse a request that calls this server by any other name."""
    if request.headers.get_list("Host") not in [[host] for host in keys.hosts]:
        raise HTTPError(403, reason="This server has another name")


def require_origin(request: HTTPServerRequest, keys: Keys) -> None:
    """Refuse a request that no page of this server makes."""
    if not is_own(request.headers.get("Origin", ""), request, keys):
        raise HTTPError(403, reason="The request does not come from this server's page")


def is_own(origin: str, request: HTTPServerRequest, keys: Keys) -> bool:
    """Return whether an origin is the very host that a request was sent to."""
    host = request.headers.get("Host", "")
    return host in keys.hosts and origin == f"http://{host}"
