"""A process that has everything imported and its lists loaded, and forks runs of ``python -m etl run`` from itself.

Each line on standard input is a JSON list of jobs that start at the same time; the line that answers it is the list of what became of
them. A job: ``{"raw", "out", "as_of", "at", "action", "forked", "kill_after", "whole", "uid", "largest"}``, all but the first three
optional. What became of it: ``{"code", "said", "seconds", "seen", "beside"}``; the code is minus the signal for a killed one, ``seen``
the operations where the job did not die, ``beside`` those of the process that it forked.

A job does the whole command but for the stages between the claim and the publication, whose tables are those of the first run;
with ``whole`` it does these as well, which takes ten times as long.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.__main__ import main
from etl.pipeline import run as pipeline
from tests.crash.gates import Gate, install

Again = Callable[..., Any]


def serve() -> None:
    """Answer until the input ends; the first line names the raw data of the first run."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with tempfile.TemporaryDirectory() as folder:
        again = _first_run(sys.stdin.readline().strip(), folder)
    answers.write("ready\n")
    answers.flush()
    while line := sys.stdin.readline():
        with tempfile.TemporaryDirectory() as folder:
            answers.write(json.dumps(_together(json.loads(line), Path(folder), again)) + "\n")
        answers.flush()


def _first_run(raw: str, out: str) -> Again:
    """Run once and return what stands for the stages of a further run: it publishes the same tables under another id."""
    given: dict[str, Any] = {}
    real_run, real_publish = pipeline._run, pipeline.publish

    def publishing(tables: Any, claim: Any, run_id: str, as_of: str, extras: Any, notes: Any) -> Path:
        files = extras() if callable(extras) else extras
        ready = {name: content() if callable(content) else content for name, content in tables.items()}
        given.update(tables=ready, extras=files, notes=notes)
        return real_publish(ready, claim, run_id, as_of, files, notes)

    def running(*rest: Any) -> Any:
        given["done"] = real_run(*rest)
        return given["done"]

    def again(_raw: Path, claim: Any, as_of: str, *_: Any) -> Any:
        run_id = f"{as_of.replace('-', '')}-again"
        folder = real_publish(given["tables"], claim, run_id, as_of, given["extras"], given["notes"])
        return replace(given["done"], run_id=run_id, as_of=as_of, folder=folder)

    pipeline._run, pipeline.publish = running, publishing
    main(["run", "--raw", raw, "--out", out, "--as-of", "2026-01-01"])
    pipeline._run, pipeline.publish = real_run, real_publish
    return again


def _together(jobs: list[dict[str, Any]], folder: Path, again: Again) -> list[dict[str, Any]]:
    began = time.monotonic()
    running = {os.fork() or _child(job, folder / str(number), again): number for number, job in enumerate(jobs)}
    if len(jobs) == 1 and "kill_after" in jobs[0]:
        time.sleep(jobs[0]["kill_after"])
        os.kill(next(iter(running)), signal.SIGKILL)
    ended: dict[int, dict[str, Any]] = {}
    while len(ended) < len(running):
        pid, status = os.wait()
        number = running[pid]
        said = folder / f"{number}.said"
        seen, beside = folder / f"{number}.seen", folder / f"{number}.beside"
        ended[number] = {
            "code": os.waitstatus_to_exitcode(status),
            "seconds": time.monotonic() - began,
            "said": said.read_text("utf-8") if said.exists() else "",
            "seen": json.loads(seen.read_text("utf-8")) if seen.exists() else [],
            "beside": beside.read_text("utf-8").splitlines() if beside.exists() else [],
        }
    return [ended[number] for number in range(len(jobs))]


def _child(job: dict[str, Any], told: Path, again: Again) -> int:
    said = os.open(told.with_suffix(".said"), os.O_WRONLY | os.O_CREAT)
    os.dup2(said, 2)
    code = 1
    if not job.get("whole"):
        pipeline._run = again
    forked = bool(job.get("forked"))
    gate = Gate(Path(job["out"]), job.get("at"), job.get("action", ""), told.with_suffix(".beside"), forked=forked)
    if "largest" in job:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["largest"], job["largest"]))
    if "uid" in job:
        os.setgroups([])
        os.setgid(job["uid"])
        os.setuid(job["uid"])
    try:
        if "at" in job:
            install(gate)
        code = main(["run", "--raw", job["raw"], "--out", job["out"], "--as-of", job["as_of"]])
    except BaseException:
        traceback.print_exc()
    if "at" in job:
        told.with_suffix(".seen").write_text(json.dumps(gate.seen), "utf-8")
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    serve()
