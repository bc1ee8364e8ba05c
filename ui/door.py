"""The instructor's door: a plain page outside Streamlit that takes the passphrase and gives a cookie.

The key lives in a cookie that scripts cannot read and other sites cannot send, never in a link that a projector shows. The page is complete
in itself: no script, nothing from outside.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from anyio import to_thread
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ui.classroom import keys
from ui.classroom.refused import Refusal
from ui.classroom.tokens import LONGEST_PASSPHRASE
from ui.house import public_url, the_store
from ui.text import words

if TYPE_CHECKING:
    from starlette.requests import Request

COOKIE = "sanctions_lab_key"
LARGEST = 4096  # bytes of a form
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
}
STYLE = """
:root { color-scheme: light dark; --ink: #10161D; --paper: #FFFFFF; --line: #8A949E; --blue: #0072B2; }
@media (prefers-color-scheme: dark) { :root { --ink: #E8ECF0; --paper: #030406; --line: #6B7682; --blue: #297CB4; } }
body { font: 17px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0; }
main { max-width: 30rem; margin: 10vh auto; padding: 0 1rem; }
h1 { font-size: 2.1rem; line-height: 1.2; }
label { display: block; font-weight: 600; margin: 1rem 0 .3rem; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem; color: inherit; background: transparent;
  border: 1px solid var(--line); border-radius: .5rem; }
button { font: inherit; font-weight: 600; margin-top: 1.2rem; padding: .6rem 1.4rem; color: #FFFFFF; background: var(--blue); border: 0;
  border-radius: .5rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.problem { border-left: 5px solid #D55E00; padding: .4rem .8rem; }
a { color: inherit; }
"""


def routes() -> list[Route]:
    """The door's routes, to put before Streamlit's own."""
    return [Route("/door", show, methods=["GET"]), Route("/door", knock, methods=["POST"])]


async def show(request: Request) -> Response:
    """The form: the passphrase, or the first passphrase for who comes with the set-up code."""
    return await _page(request.query_params.get("setup", ""), "", 200)


async def knock(request: Request) -> Response:
    """Take the form. The right passphrase gives the cookie and opens the teacher's page."""
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        return await _page("", words().t("door.elsewhere"), 403)
    if int(request.headers.get("content-length") or LARGEST + 1) > LARGEST:
        return await _page("", words().t("door.too_long"), 413)
    form = parse_qs((await request.body())[:LARGEST].decode("utf-8", "replace"), keep_blank_values=True)
    passphrase, again, setup = (form.get(name, [""])[0] for name in ("passphrase", "again", "setup"))
    address = request.client.host if request.client else "unknown"
    try:
        if setup:
            if passphrase != again:
                raise Refusal(words().t("door.differ"))
            key = await to_thread.run_sync(keys.set_first_passphrase, the_store(), setup, passphrase, address)
        else:
            key = await to_thread.run_sync(keys.login, the_store(), passphrase, address)
    except Refusal as problem:
        return await _page(setup, str(problem), 403)
    answer = RedirectResponse("teach", status_code=303, headers=HEADERS)
    secure = urlsplit(public_url()).scheme == "https"
    answer.set_cookie(COOKIE, key, max_age=keys.KEY_HOURS * 3600, httponly=True, samesite="strict", secure=secure, path="/")
    return answer


async def _page(setup: str, problem: str, status: int) -> Response:
    known = await to_thread.run_sync(keys.has_passphrase, the_store())
    return HTMLResponse(_html("" if known else setup, known, problem), status_code=status, headers=HEADERS)


def _html(setup: str, known: bool, problem: str) -> str:
    w = words()
    said = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    if known:
        fields = _field("passphrase", w.t("door.passphrase"), "current-password")
        body = f'<p>{escape(w.t("door.login_text"))}</p>{_form(fields, w.t("door.login"))}'
    elif setup:
        hidden = f'<input type="hidden" name="setup" value="{escape(setup[:100], quote=True)}">'
        first, again = _field("passphrase", w.t("door.new"), "new-password"), _field("again", w.t("door.again"), "new-password")
        body = f'<p>{escape(w.t("door.setup_text"))}</p>{_form(hidden + first + again, w.t("door.set"))}'
    else:
        body = f'<p>{escape(w.t("door.no_passphrase"))}</p>'
    title = escape(w.t("door.title"))
    back = f'<p><a href="./">{escape(w.t("door.back"))}</a></p>'
    return (
        f'<!doctype html><html lang="{w.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>{said}{body}{back}</main></body></html>"
    )


def _field(name: str, label: str, kind: str) -> str:
    return (
        f'<label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="password" autocomplete="{kind}" required maxlength="{LONGEST_PASSPHRASE}">'
    )


def _form(fields: str, label: str) -> str:
    return f'<form method="post" action="door">{fields}<button type="submit">{escape(label)}</button></form>'
