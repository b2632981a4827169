"""Errors as one plain sentence: never a traceback, never what the request said."""

from __future__ import annotations

import logging

from dash.exceptions import DashException
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from dashboard.access.callbacks import Forged

log = logging.getLogger(__name__)
_SUITES = "/_dash-component-suites/"


def register(server: Flask) -> None:
    """Put the handlers on ``server``."""
    server.register_error_handler(HTTPException, _refused)
    server.register_error_handler(Forged, _forged)
    server.register_error_handler(Exception, _failed)


def _refused(error: HTTPException) -> Response:
    headers = {"Allow": error.get_response().headers.get("Allow", "")} if error.code == 405 else {}
    return Response(f"{error.code} {error.name}\n", error.code, headers=headers, mimetype="text/plain")


def _forged(_error: Forged) -> Response:
    return Response("400 Bad Request\n", 400, mimetype="text/plain")


def _failed(error: Exception) -> Response:
    # Dash raises its own exceptions, not 404, for a file that no library registered.
    if request.path.startswith(_SUITES) and isinstance(error, (DashException, OSError, KeyError, ValueError)):
        return Response("404 Not Found\n", 404, mimetype="text/plain")
    log.error("failed: %s %s", request.method, request.path.encode("ascii", "backslashreplace").decode(), exc_info=error)
    return Response("500 Something went wrong on the server; its log says what.\n", 500, mimetype="text/plain")
