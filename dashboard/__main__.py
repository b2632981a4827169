"""``python -m dashboard``: serve the published data; or what the first word says: ``export``, ``verify`` or ``feed``."""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from dashboard import serving
from dashboard.access.hosts import LOOPBACK

#: First word -> the module that does it.
COMMANDS: dict[str, str] = {
    "export": "dashboard.export.command",
    "verify": "dashboard.export.verify",
    "feed": "dashboard.export.feed",
    "report": "dashboard.report.command",
    "brief": "dashboard.report.briefing",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped, or do what the first word says; return 2 when the address is not free."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in COMMANDS:
        return int(import_module(COMMANDS[given[0]]).main(given[1:]))
    options = _parser().parse_args(given)
    serving.log_to_stderr()
    hosts = (*LOOPBACK, *options.allow_host)
    if options.host not in ("127.0.0.1", "localhost", "::1"):
        print(f"Warning: {options.host} can be reached from other machines; there is no sign-in here.", file=sys.stderr)
        hosts = (*hosts, options.host)
    try:
        listening = _listen(options.host, options.port)
    except OSError as error:
        print(f"Cannot serve on {options.host}:{options.port}: {error.strerror or error}. Choose another --port.", file=sys.stderr)
        return 2
    announce = partial(print, flush=True)
    with listening:
        if options.workers > 1:
            return serving.many(listening, options.data, hosts, options.workers, announce)
        serving.one(listening, options.data, hosts, announce)
    return 0


_MORE = f"Other commands, each with its own --help: {', '.join(COMMANDS)}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="Serve the dashboard over the published data.", epilog=_MORE)
    parser.add_argument("--data", type=Path, default=Path("data/processed"), help="folder with the published snapshots (%(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8050, help="port to listen on (%(default)s)")
    parser.add_argument("--workers", type=int, default=1, help="processes that share the port (%(default)s)")
    parser.add_argument("--allow-host", action="append", default=[], metavar="NAME", help="further host name to answer for")
    return parser


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(1024)
    except (OSError, OverflowError) as error:
        listening.close()
        raise OSError(None, str(error)) if isinstance(error, OverflowError) else error from error
    return listening


if __name__ == "__main__":
    sys.exit(main())
