"""One process or several behind one socket, with waitress.

The workers are started anew, not forked (a fork would share the threads of DuckDB), so this cannot stand in ``__main__``:
a spawned process cannot find functions of a package's ``__main__``.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

import waitress

from dashboard.access import BODY_LIMIT
from dashboard.app import create
from dashboard.garbage import OFTEN
from dashboard.store import Store

log = logging.getLogger(__name__)


def log_to_stderr() -> None:
    """Write warnings and errors to stderr; that a queue forms is no news under load."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


Announce = Callable[[str], None]
THREADS = 8
_SAID = "Serving http://{where} ({state}); Ctrl+C stops"


def one(listening: socket.socket, data: Path, hosts: Sequence[str], announce: Announce) -> None:
    """Serve ``data`` in this process until it is told to stop."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        _serve(listening, data, hosts, announce)
    except (KeyboardInterrupt, SystemExit):
        log.debug("stopped before it served")


def _serve(listening: socket.socket, data: Path, hosts: Sequence[str], announce: Announce) -> None:
    gc.set_threshold(OFTEN)
    app = create(data, hosts=hosts)
    server = waitress.create_server(
        app.server,
        sockets=[listening],
        threads=THREADS,
        ident=None,
        channel_timeout=60,
        connection_limit=1000,
        max_request_body_size=BODY_LIMIT * 2,
        clear_untrusted_proxy_headers=True,
    )
    threading.Thread(target=app.warm, name="warm", daemon=True).start()
    announce(_SAID.format(where=_where(listening), state=_state(app.store)))
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not break off what the first began
        server.close()
        app.end()


def _where(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _state(store: Store) -> str:
    snapshot = store.snapshot()
    if snapshot is None:
        return f"no data: {store.trouble}"
    with snapshot.cursor() as cursor:
        found = cursor.execute("SELECT count(*) FROM agreement").fetchone()
    return f"snapshot {snapshot.id}, {found[0] if found else 0} agreements"


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _worker(listening: socket.socket, data: Path, hosts: Sequence[str], tell: Connection) -> None:
    """Serve as one of several; end with the parent, however that ends."""
    signal.signal(signal.SIGTERM, _stop)
    log_to_stderr()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group: the parent stops its workers
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _serve(listening, data, hosts, tell.send)
    logging.shutdown()
    os._exit(0)  # a page or an index that is still being made would hold up the end, or break off with a complaint


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(0)


def many(listening: socket.socket, data: Path, hosts: Sequence[str], workers: int, announce: Announce) -> int:
    """Serve in ``workers`` processes that share the socket; one that ends is started again."""
    spawning = multiprocessing.get_context("spawn")
    signal.signal(signal.SIGTERM, _stop)
    running: list[BaseProcess] = []
    hear, tell = spawning.Pipe(duplex=False)

    def start() -> BaseProcess:
        process = spawning.Process(target=_worker, args=(listening, data, hosts, tell), daemon=True)
        process.start()
        return process

    try:
        running += [start() for _ in range(workers)]
        for _ in range(workers):
            if hear not in wait_for([hear, *(process.sentinel for process in running)]):
                log.error("a worker ended before it could serve; see above")
                return 1
            said = hear.recv()
        announce(said.replace("; Ctrl+C", f", {workers} processes; Ctrl+C"))
        while True:
            wait_for([process.sentinel for process in running])
            time.sleep(1)
            running = [process if process.is_alive() else start() for process in running]
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.join(5)
