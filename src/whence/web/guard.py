"""Who may talk to the workbench: a browser on this machine, from the workbench's own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OURS = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Nothing is told to any other site. Within our own pages the address is kept, because under
    # “no-referrer” a browser also hides the Origin of our own forms, which is checked below.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "cache-control": "no-store",
}
READS = frozenset({"GET", "HEAD"})


class Guard:
    """Refuses strangers before a page sees them, and puts the rules for browsers on every answer.

    A page elsewhere that has its own name point at this machine shows its name as the host, and a
    form elsewhere that posts to us shows its origin: both are turned away.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = refused(scope["method"], Headers(scope=scope))
        answer = self.app if refusal is None else PlainTextResponse(refusal, status_code=403)
        await answer(scope, receive, sent)


def refused(method: str, headers: Headers) -> str | None:
    """Why this request is turned away; None if it may pass."""
    host = headers.get("host", "")
    if hostname(f"//{host}") not in OURS:
        return "This workbench answers only to this machine’s own name (127.0.0.1).\n"
    if method in READS:
        return None
    if headers.get("origin") != f"http://{host}":
        return "A change must come from one of the workbench’s own pages.\n"
    return None


def hostname(address: str) -> str | None:
    """The host in an address; None where there is none to be read."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
