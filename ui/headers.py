"""What every answer tells the browser: load nothing from elsewhere, hand the address to nobody, and stand in no other site's frame.

Addresses of seats hold their secrets, and people type names and messages that others read: a picture or a script that somebody gets onto a page must
not reach a machine outside. Pages that say more themselves (the door) keep what they say.
"""

from __future__ import annotations

from ui.guard import App, Message, Receive, Scope, Send

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline'",  # Streamlit's page starts itself by an inline script
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "connect-src": "'self' ws: wss: data: blob:",  # older Safari does not count a websocket to the same place as 'self'
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
HEADERS = {
    b"content-security-policy": "; ".join(f"{what} {where}" for what, where in POLICY.items()).encode(),
    b"referrer-policy": b"same-origin",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"SAMEORIGIN",  # for browsers that do not know frame-ancestors
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}


class Headers:
    """ASGI middleware: every answer over HTTP carries `HEADERS`, but for those it has already."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, answers with the headers they lack."""

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = list(message.get("headers", ()))
                names = {bytes(name).lower() for name, _ in said}
                message = {**message, "headers": [*said, *((name, value) for name, value in HEADERS.items() if name not in names)]}
            await send(message)

        await self.app(scope, receive, headed if scope["type"] == "http" else send)
