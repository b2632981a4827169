"""The addresses of the page ``/report``: start a job, ask how it stands, fetch what it made, look at it before.

| address | answer |
|---|---|
| ``POST /report/jobs`` | JSON in (kind, year, language, format, sections, or the guest of a brief), the id of the job out; 409 when busy |
| ``GET /report/jobs/<id>`` | how it stands |
| ``GET /report/files/<id>`` | the file, to be kept |
| ``GET /report/preview/<id>`` | the HTML, to be looked at inside the page |
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request, send_file

from dashboard import asked as asked_for
from dashboard.locale import LANGUAGES, speaker
from dashboard.report import house
from dashboard.report.jobs import BUSY, Asked, Busy, Jobs
from dashboard.report.outline import BRIEF_FORMATS, FORMATS, TITLES
from dashboard.store import Store

_CODE = re.compile(r"[\w][\w.\-]{0,79}")
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
_KEYS = frozenset({"kind", "year", "language", "format", "sections", "code", "reader"})


def register(server: Flask, store: Store, jobs: Jobs | None = None) -> Jobs:
    """Serve the addresses over the snapshots of ``store``; return the jobs, which end with the server."""
    made = jobs or Jobs(store.folder, house.FOLDER)

    def start() -> tuple[Response, int]:
        asked = request.get_json(silent=True) if request.is_json else None
        order = _asked(asked)
        if order is None:
            abort(400)
        snapshot = asked_for.shown(store)
        say = speaker(str(asked.get("reader", "en")) if isinstance(asked, dict) else "en")
        try:
            return jsonify({"id": made.start(order, snapshot.id)}), 202
        except Busy:
            return jsonify({"message": say(BUSY)}), 409

    def state(name: str) -> Response:
        found = made.state(name)
        if found is None:
            abort(404)
        say = asked_for.say()
        shown = {key: found.get(key) for key in ("state", "done", "of", "part", "file")}
        return jsonify(shown | ({"message": say(str(found["message"]))} if "message" in found else {}))

    def fetch(name: str) -> Response:
        path = made.file(name)
        if path is None:
            abort(404)
        return send_file(path.resolve(), _TYPES[path.suffix.lstrip(".")], as_attachment=True, download_name=path.name, max_age=0)

    def preview(name: str) -> Response:
        path = made.file(name)
        if path is None or path.suffix != ".html":
            abort(404)
        return Response(path.read_bytes(), content_type=_TYPES["html"])

    server.add_url_rule("/report/jobs", "report_start", start, methods=["POST"])
    server.add_url_rule("/report/jobs/<name>", "report_state", state)
    server.add_url_rule("/report/files/<name>", "report_file", fetch)
    server.add_url_rule("/report/preview/<name>", "report_preview", preview)
    return made


def _asked(told: Any) -> Asked | None:
    """Return the arguments that a request spells, or nothing where it is none of our page."""
    if not isinstance(told, dict) or not told.keys() <= _KEYS:
        return None
    language, suffix, kind = told.get("language"), told.get("format"), told.get("kind", "report")
    if language not in LANGUAGES or not isinstance(suffix, str) or not isinstance(told.get("reader", "en"), str):
        return None
    reader = ("--speak", told["reader"]) if told.get("reader") in LANGUAGES else ()
    if kind == "report":
        year, sections = told.get("year"), told.get("sections", [])
        if not isinstance(year, int) or isinstance(year, bool) or not 1900 <= year <= 2100 or suffix not in FORMATS:
            return None
        if not isinstance(sections, list) or not all(isinstance(each, str) and each in TITLES for each in sections):
            return None
        only = ("--sections", ",".join(sections)) if sections else ()
        arguments = ("report", "--year", str(year), "--lang", language, *only, *reader)
        return Asked(arguments, f"annual-report-{year}-{language}.{suffix}")
    code = told.get("code")
    if kind not in ("partner", "country") or suffix not in BRIEF_FORMATS or not isinstance(code, str) or not _CODE.fullmatch(code):
        return None
    return Asked(("brief", f"--{kind}", code, "--lang", language, *reader), f"{Path(f'brief-{code}-{language}').name}.{suffix}")
