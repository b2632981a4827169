from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create
from dashboard.report import jobs as module
from dashboard.report.jobs import Asked, Busy, Jobs

#: No figure: no browser is started.
WORDS = Asked(("report", "--year", "2024", "--lang", "en", "--sections", "data"), "report.html")


@pytest.fixture
def jobs(data: Path, tmp_path: Path) -> Jobs:
    return Jobs(data, tmp_path / "house", tmp_path / "jobs")


def _finished(jobs: Jobs, id_: str) -> dict[str, Any]:
    for _ in range(600):
        found = jobs.state(id_)
        assert found is not None
        if found["state"] != "working":
            return found
        time.sleep(0.1)
    raise AssertionError("it does not end")


def test_a_job_makes_its_file_and_the_same_order_gets_it_at_once(jobs: Jobs) -> None:
    id_ = jobs.start(WORDS, "snapshot")
    assert _finished(jobs, id_)["state"] == "done"
    path = jobs.file(id_)
    assert path is not None and path.read_bytes().startswith(b"<!DOCTYPE html>")
    made = path.stat().st_mtime_ns
    assert jobs.start(WORDS, "snapshot") == id_ and path.stat().st_mtime_ns == made
    assert jobs.start(WORDS, "newer snapshot") != id_


def test_only_one_job_runs_and_the_others_are_told(jobs: Jobs) -> None:
    lock = jobs._locked()
    assert lock is not None
    with pytest.raises(Busy):
        jobs.start(WORDS, "snapshot")
    module._unlocked(lock)
    assert _finished(jobs, jobs.start(WORDS, "snapshot"))["state"] == "done"


def test_a_job_that_fails_says_why_in_the_words_of_the_command(jobs: Jobs) -> None:
    id_ = jobs.start(Asked(("report", "--year", "2031", "--lang", "ru"), "report.html"), "snapshot")
    found = _finished(jobs, id_)
    assert found["state"] == "failed" and found["message"].startswith("2031 год ещё не начался")
    assert jobs.file(id_) is None


def test_a_job_that_hangs_is_stopped(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    found = _finished(jobs, jobs.start(WORDS, "snapshot"))
    assert (found["state"], found["message"]) == ("failed", module.SLOW)


def test_a_job_that_hangs_and_does_not_listen_leaves_no_folder(jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    monkeypatch.setattr(module.tempfile, "tempdir", str(rooms))
    monkeypatch.setattr(module, "PATIENCE", 2.0)
    deaf = "import signal, tempfile, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); tempfile.mkdtemp(); time.sleep(60)"
    begun = jobs._begun
    monkeypatch.setattr(jobs, "_begun", lambda _, errors, room: begun([sys.executable, "-c", deaf], errors, room))
    assert _finished(jobs, jobs.start(WORDS, "snapshot"))["message"] == module.SLOW
    assert list(rooms.iterdir()) == []


def test_after_the_end_of_the_server_no_job_begins(jobs: Jobs) -> None:
    jobs.close()
    assert _finished(jobs, jobs.start(WORDS, "snapshot"))["message"] == module.BROKEN


def test_a_job_that_a_server_left_behind_has_failed(jobs: Jobs, tmp_path: Path) -> None:
    id_ = "0" * 24
    (tmp_path / "jobs" / id_).mkdir(parents=True)
    (tmp_path / "jobs" / id_ / "state.json").write_text(json.dumps({"state": "working", "file": "a.html"}), "utf-8")
    assert jobs.state(id_) == {"state": "failed", "file": "a.html", "message": module.BROKEN}


def test_a_new_logo_makes_a_new_report(jobs: Jobs, tmp_path: Path) -> None:
    before = jobs.start(WORDS, "snapshot")
    _finished(jobs, before)
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "style.yaml").write_text("institution: Ours", "utf-8")
    after = jobs.start(WORDS, "snapshot")
    assert after != before
    _finished(jobs, after)
    path = jobs.file(after)
    assert path is not None and "Ours" in path.read_text("utf-8")


def test_no_id_leads_out_of_the_folder(jobs: Jobs) -> None:
    for wrong in ("..", "../jobs", "a" * 24 + "/x", "g" * 24, ""):
        assert jobs.state(wrong) is None and jobs.file(wrong) is None


def test_old_jobs_are_removed(jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    for at in range(4):
        (tmp_path / "jobs" / f"{at:024d}").mkdir(parents=True)
    id_ = jobs.start(WORDS, "snapshot")
    _finished(jobs, id_)
    for _ in range(50):
        if len(list((tmp_path / "jobs").glob("?" * 24))) == 2:
            break
        time.sleep(0.1)
    assert len(list((tmp_path / "jobs").glob("?" * 24))) == 2 and jobs.file(id_)


@pytest.fixture(scope="module")
def client(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module.tempfile, "gettempdir", lambda: str(folder))
        yield create(data).server.test_client()


GOOD = {"kind": "report", "year": 2024, "language": "en", "format": "html", "sections": ["data"], "reader": "zh"}
FORGED: list[Any] = [
    {**GOOD, "year": "2024"}, {**GOOD, "year": True}, {**GOOD, "year": 99999}, {**GOOD, "language": "fr"}, {**GOOD, "format": "exe"},
    {**GOOD, "sections": ["../x"]}, {**GOOD, "sections": "data"}, {**GOOD, "extra": 1}, {**GOOD, "kind": "server"}, ["report"], 7, None,
    {"kind": "partner", "language": "en", "format": "pdf", "code": "--help"}, {"kind": "partner", "language": "en", "format": "pdf"},
    {"kind": "country", "language": "en", "format": "xlsx", "code": "CHN"},
    {"kind": "country", "language": "en", "format": "pdf", "code": "a/b"},
]  # fmt: skip


@pytest.mark.parametrize("told", FORGED, ids=[str(at) for at in range(len(FORGED))])
def test_an_order_that_no_page_of_ours_sends_is_refused(client: Any, told: Any) -> None:
    assert client.post("/report/jobs", json=told).status_code == 400


def test_an_order_is_no_form_and_comes_from_our_own_page(client: Any) -> None:
    assert client.post("/report/jobs", data=json.dumps(GOOD), content_type="text/plain").status_code == 400
    assert client.post("/report/jobs", json=GOOD, headers={"Origin": "http://elsewhere.example"}).status_code == 403


def test_a_report_is_ordered_followed_looked_at_and_fetched(client: Any) -> None:
    answer = client.post("/report/jobs", json=GOOD)
    assert answer.status_code == 202
    id_ = answer.json["id"]
    for _ in range(600):
        state = client.get(f"/report/jobs/{id_}?lang=zh").json
        if state["state"] != "working":
            break
        time.sleep(0.1)
    assert state["state"] == "done" and state["file"] == "annual-report-2024-en.html"
    file = client.get(f"/report/files/{id_}")
    assert file.headers["Content-Disposition"] == "attachment; filename=annual-report-2024-en.html"
    preview = client.get(f"/report/preview/{id_}")
    assert preview.data == file.data
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN" and "sandbox" in preview.headers["Content-Security-Policy"]
    assert "script-src" not in preview.headers["Content-Security-Policy"]
    assert file.headers["X-Frame-Options"] == "DENY"
    file.close()


def test_while_one_is_made_another_order_is_told_to_wait(client: Any, data: Path) -> None:
    lock = Jobs(data, Path("data/raw/house"))._locked()
    assert lock is not None
    answer = client.post("/report/jobs", json={**GOOD, "year": 2023})
    module._unlocked(lock)
    assert (answer.status_code, answer.json) == (409, {"message": "正在生成另一份报告，请一分钟后再试。"})


def test_what_was_never_ordered_is_not_there(client: Any) -> None:
    for path in ("jobs", "files", "preview"):
        assert client.get(f"/report/{path}/{'0' * 24}").status_code == 404
