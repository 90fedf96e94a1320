"""Who may ask: only this machine, only with the token, only under the names of this machine."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from secrets import token_urlsafe

HOST = "127.0.0.1"
LONGEST_FORM = 1 << 20
"""Bytes that a form may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The rules for one run.

    Args:
        token: the first piece of every address; whoever does not know it learns nothing.
        port: where the page is served.
    """

    token: str
    port: int

    @classmethod
    def fresh(cls, port: int) -> Guard:
        """A guard with a token of its own."""
        return cls(token=token_urlsafe(24), port=port)

    @property
    def address(self) -> str:
        """What to open."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def names_us(self, host: str) -> bool:
        """Whether a request was sent to this machine by a name of its own, not by one that a stranger made point here."""
        return host in (f"{HOST}:{self.port}", f"localhost:{self.port}")

    def knows(self, token: str) -> bool:
        """Whether the token is right; compared in a time that tells nothing of it."""
        return hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self.token.encode())


def headers(style_hash: str) -> dict[str, str]:
    """What every answer says to the browser: nothing from elsewhere, nothing kept, in no frame."""
    policy = (
        f"default-src 'none'; style-src '{style_hash}'; script-src 'self'; connect-src 'self'; form-action 'self'; "
        "img-src data:; base-uri 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
