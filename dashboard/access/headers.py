"""Security headers and caching rules of every response."""

from __future__ import annotations

from collections.abc import Callable

import dash
from flask import Response, request

FIXED: dict[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FRAMED = "/report/preview/"
"""Below it are pages that our own page shows inside itself: they may run nothing and load nothing."""
INSIDE: dict[str, str] = {
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
}
STATIC = ("/assets/", "/_dash-component-suites/")
_YEAR = 31536000


def policy(app: dash.Dash) -> str:
    """Return the content security policy: nothing but ourselves, no inline scripts but Dash's own, by hash.

    ``style-src`` keeps ``unsafe-inline``: plotly and Mantine write styles into the page (measured: dozens of violations without).
    """
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *app.csp_hashes()]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self'",
            "worker-src 'self' blob:",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
            "form-action 'self'",
        ]
    )


def setter(app: dash.Dash) -> Callable[[Response], Response]:
    """Return the function that sets the headers; the policy is computed once."""
    fixed = FIXED | {"Content-Security-Policy": policy(app)}

    def headers(response: Response) -> Response:
        for name, value in (fixed | INSIDE if request.path.startswith(FRAMED) else fixed).items():
            response.headers[name] = value
        response.headers.pop("Server", None)
        response.headers["Cache-Control"] = caching(response)
        return response

    return headers


def caching(response: Response) -> str:
    """Return how long a response may be kept: data never, files with a version in their address for ever, other files after a look."""
    if response.status_code not in (200, 304) or not request.path.startswith(STATIC):
        return "no-store"
    if "m" in request.args or response.cache_control.max_age == _YEAR:
        return f"public, max-age={_YEAR}, immutable"
    return "no-cache"
