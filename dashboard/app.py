"""The application: one callback draws whatever the address asks for."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

# Imported here, not in a callback: the first requests of several threads would race for a half imported numpy (measured).
import dash
import dash_mantine_components as dmc
import numpy as np
import pandas as pd
import plotly.graph_objects as go
from dash import ClientsideFunction, Input, Output, State, dcc, html
from dash.development.base_component import Component
from flask import Flask

from dashboard import calendars, frame, garbage, outputs, shell, twin_table
from dashboard.access import guard
from dashboard.access.hosts import LOOPBACK
from dashboard.colours import NIGHT
from dashboard.export import feed
from dashboard.export import routes as export_routes
from dashboard.export.queue import Queue
from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.health import register as register_health
from dashboard.pages import Page, search
from dashboard.pages.registry import PAGES
from dashboard.query import prepared
from dashboard.render import Renderer
from dashboard.report import web as reports
from dashboard.report.jobs import Jobs
from dashboard.shell import ASSETS
from dashboard.store import Prepare, Snapshot, Store

log = logging.getLogger(__name__)
_WARM = (np, pd, go)
PROVIDER = "provider"


def create(
    folder: Path,
    pages: Sequence[Page] | None = None,
    figures: Sequence[Figure] | None = None,
    hosts: Iterable[str] = LOOPBACK,
    prepare: Prepare | None = None,
) -> dash.Dash:
    """Return the application over the snapshots in ``folder``.

    Args:
        folder: what ``etl`` publishes into.
        pages: what each address shows; by default all of ``dashboard/pages/registry.py``.
        figures: what ``/export/<id>.csv`` knows; by default all of ``dashboard/figures/registry.py``.
        hosts: the host names under which it is served; requests for others are refused.
        prepare: adds tables to a snapshot before it is shown; by default those of ``dashboard/query/prepared.py``.
    """
    server = Flask("dashboard", static_folder=None)
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = 0
    store = Store(folder, prepare or prepared.prepare)
    app = dash.Dash(
        "dashboard",
        server=server,
        assets_folder=str(ASSETS),
        assets_ignore=shell.NOT_BY_ITSELF,
        serve_locally=True,
        compress=False,
        title="International cooperation",
        update_title=None,
        index_string=shell.index(),
        suppress_callback_exceptions=True,
        add_log_handler=False,
    )
    app.layout = _layout()
    renderer = Renderer(store, PAGES if pages is None else pages)
    _connect(app, renderer)
    renderer.reached = reached(app)
    queue = Queue()
    export_routes.register(server, store, FIGURES if figures is None else figures, queue)
    feed.register(server, store)
    outputs.register(server, store)
    calendars.register(server, store)
    jobs = reports.register(server, store)
    twin_table.register(server, store, FIGURES if figures is None else figures)
    register_health(server, store)
    guard(app, hosts, shell.BUILT)
    app.store, app.warm, app.end = store, partial(_warm, store, renderer), partial(_end, queue, jobs)
    store.opened = _opened
    return app


def _end(queue: Queue, jobs: Jobs) -> None:
    """End what the server has started beside itself."""
    jobs.close()
    queue.close()


def _warm(store: Store, renderer: Renderer) -> None:
    """Do before anybody waits for it what the first readers would wait for."""
    garbage.set_aside()
    renderer.warm()
    if snapshot := store.snapshot():
        _opened(snapshot)


def _opened(snapshot: Snapshot) -> None:
    """Let the search of a snapshot be made; then all that is kept of it is there."""
    search.begin(snapshot).add_done_callback(lambda _: garbage.set_aside())


def reached(app: dash.Dash) -> frozenset[str]:
    """Return the plain ids that the callbacks of ``app`` read or set."""
    known = [each for callback in app._callback_list for part in ("inputs", "state") for each in callback[part]]
    outputs = [part.rpartition(".")[0] for callback in app._callback_list for part in callback["output"].strip(".").split("...")]
    return frozenset(each["id"] for each in known) | frozenset(outputs)


def _layout() -> Component:
    """Return what never changes: the places that the callback fills."""
    places = [
        dcc.Location(id=frame.ADDRESS, refresh=False),
        dcc.Store(id=frame.PREFERENCES, storage_type="local"),
        dcc.Store(id=frame.ASKED),
        dcc.Store(id=frame.DRAWN),
        dcc.Store(id=frame.SHOWN),
        html.Header(id=frame.HEADER, className="top"),
        html.Div(
            [
                html.Div(id=frame.BAR, className="bar"),
                html.Div(className="shade", **{"data-drawer": "close"}),
                html.Div(id=frame.CHIPS, className="chips"),
            ],
            role="search",
        ),
        html.Div(id=frame.MESSAGES, className="messages"),
        html.Main(html.Div(id=frame.CONTENT, className="content wrap"), id="main", tabIndex=-1, className="is-first"),
        html.Footer(id=frame.FOOTER, className="footer"),
        html.Div(hidden=True, **{"data-day": json.dumps({night: day for day, night in NIGHT.items()})}),
        html.Div(id="said", className="sr-only", **{"aria-live": "polite"}),
    ]
    theme = {
        "fontFamily": "inherit",
        "defaultRadius": 6,
        "cursorType": "pointer",
        "respectReducedMotion": True,
        "primaryColor": "blue",
        "autoContrast": True,
    }
    return dmc.MantineProvider(places, id=PROVIDER, theme=theme, forceColorScheme="light")


def _connect(app: dash.Dash, renderer: Renderer) -> None:
    def here(name: str) -> ClientsideFunction:
        return ClientsideFunction("cooperation", name)

    app.clientside_callback(
        here("ask"),
        Output(frame.ASKED, "data"),
        Output(PROVIDER, "forceColorScheme"),
        Input(frame.ADDRESS, "pathname"),
        Input(frame.ADDRESS, "search"),
        Input(frame.PREFERENCES, "data"),
        State(frame.ASKED, "data"),
    )
    app.callback(
        Output(frame.DRAWN, "data"),
        Output(frame.SHOWN, "data"),
        Input(frame.ASKED, "data"),
        State(frame.SHOWN, "data"),
        running=[(Output("main", "className"), "is-waiting", "")],
        prevent_initial_call=True,
    )(renderer.answer)
    app.clientside_callback(here("place"), Input(frame.DRAWN, "data"), prevent_initial_call=True)
    app.clientside_callback(
        here("filter"),
        Output(frame.ADDRESS, "search"),
        *(Input(frame.filter_id(name), "value") for name in frame.CHOSEN),
        Input(frame.YEARS_ID, "value"),
        Input(frame.COUNTING_ID, "value"),
        State(frame.YEARS_ID, "min"),
        State(frame.YEARS_ID, "max"),
        State(frame.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        here("click"),
        Output(frame.ADDRESS, "search", allow_duplicate=True),
        Input({"type": "chart", "id": dash.ALL, "adds": dash.ALL}, "clickData"),
        State(frame.ADDRESS, "search"),
        prevent_initial_call=True,
    )
