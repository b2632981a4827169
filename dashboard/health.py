"""``/healthz``: is there something to show, and which snapshot is it."""

from __future__ import annotations

from flask import Flask, Response, jsonify

from dashboard.store import Store

PATH = "/healthz"


def register(server: Flask, store: Store) -> None:
    """Answer 200 with the id of the snapshot; 503 with the reason when the published one cannot be shown or there is none.

    ``stale`` is not well either, though every page is answered from the last good snapshot: somebody has to look.
    """

    def health() -> tuple[Response, int]:
        snapshot, trouble = store.snapshot(), store.trouble
        answer = {"status": "ok" if snapshot and not trouble else "stale" if snapshot else "none"}
        answer |= {"snapshot": snapshot.id, "as_of": snapshot.as_of} if snapshot else {}
        answer |= {"reason": str(trouble)} if trouble else {}
        return jsonify(answer), 200 if snapshot and not trouble else 503

    server.add_url_rule(PATH, "health", health)
