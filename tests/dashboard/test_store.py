import hashlib
import json
import threading
import time

import duckdb
import pytest

from dashboard import store
from dashboard.store import Store


def agreements(snapshot):
    with snapshot.cursor() as cursor:
        return cursor.execute("SELECT count(*) FROM agreement").fetchone()[0]


def test_a_published_snapshot_is_shown(published):
    shown = Store(published).snapshot()
    assert (shown.id, shown.as_of, agreements(shown)) == ("20260101-a", "2026-01-01", 3)


def test_without_a_snapshot_the_reason_is_told(tmp_path):
    nothing = Store(tmp_path)
    assert nothing.snapshot() is None
    assert nothing.trouble.reason == store.NONE


def test_a_new_snapshot_takes_over_while_the_old_one_answers(published, publish):
    shown = Store(published)
    old = shown.snapshot()
    publish(published, "20260102-b", agreements=1)
    shown.refresh()
    assert (shown.snapshot().id, agreements(shown.snapshot()), agreements(old)) == ("20260102-b", 1, 3)


def test_a_request_starts_the_exchange_by_itself(published, publish, monkeypatch):
    monkeypatch.setattr(store, "LOOK_EVERY", 0.0)
    shown = Store(published)
    publish(published, "20260102-b")
    for _ in range(200):
        if shown.snapshot().id == "20260102-b":
            break
        time.sleep(0.02)
    assert shown.snapshot().id == "20260102-b"


def test_no_request_fails_or_waits_while_snapshots_change(published, publish, monkeypatch):
    monkeypatch.setattr(store, "LOOK_EVERY", 0.0)
    shown, seen, wrong, stop = Store(published), set(), [], threading.Event()

    def read():
        while not stop.is_set():
            snapshot = shown.snapshot()
            with snapshot.cursor() as cursor:
                run = cursor.execute("SELECT run_id FROM run").fetchone()[0]
            seen.add(run)
            if run != snapshot.id:
                wrong.append((run, snapshot.id))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for i in range(5):
        publish(published, f"2026020{i}-x")
        time.sleep(0.15)
    patience = time.monotonic() + 15
    while "20260204-x" not in seen and time.monotonic() < patience:
        time.sleep(0.02)
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert "20260204-x" in seen


def break_byte(target):
    path = target / "agreement.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def lie(target, content):
    """Write ``content`` as a table, with a manifest that agrees."""
    (target / "agreement.parquet").write_bytes(content)
    manifest = json.loads((target / "manifest.json").read_text())
    manifest["files"]["agreement.parquet"] = hashlib.sha256(content).hexdigest()
    (target / "manifest.json").write_text(json.dumps(manifest))


def change(name, value):
    def apply(target):
        manifest = json.loads((target / "manifest.json").read_text())
        manifest[name] = value
        (target / "manifest.json").write_text(json.dumps(manifest))

    return apply


BROKEN = [
    (break_byte, store.ALTERED_FILE, "one bit"),
    (lambda t: (t / "agreement.parquet").write_bytes(b""), store.ALTERED_FILE, "a truncated file"),
    (lambda t: (t / "news.parquet").unlink(), store.MISSING_FILE, "a missing file"),
    (lambda t: (t / "manifest.json").unlink(), store.NO_MANIFEST, "no manifest"),
    (lambda t: (t / "manifest.json").write_text("[" * 100_000), store.NO_MANIFEST, "a nested manifest"),
    (lambda t: (t / "manifest.json").write_text("{}"), store.NO_MANIFEST, "an empty manifest"),
    (change("files", {}), store.MISSING_FILE, "files left out of the manifest"),
    (change("files", ["agreement.parquet"]), store.NO_MANIFEST, "files without hashes"),
    (change("schema_version", 99), store.OTHER_SCHEMA, "a newer schema"),
    (change("schema_version", None), store.OTHER_SCHEMA, "no schema"),
    (lambda t: lie(t, b"PAR1 no table PAR1"), store.UNREADABLE_FILE, "no table, with a true hash"),
    (lambda t: lie(t, (t / "news.parquet").read_bytes()), store.WRONG_COLUMNS, "another table, with a true hash"),
]


@pytest.mark.parametrize(("damage", "reason"), [case[:2] for case in BROKEN], ids=[case[2] for case in BROKEN])
def test_a_broken_snapshot_is_refused_and_the_last_good_one_stays(published, publish, damage, reason):
    shown = Store(published)
    damage(publish(published, "20260102-b"))
    shown.refresh()
    assert shown.trouble.reason == reason
    assert (shown.snapshot().id, agreements(shown.snapshot())) == ("20260101-a", 3)


def test_a_repaired_snapshot_is_shown_after_all(published, publish):
    shown = Store(published)
    target = publish(published, "20260102-b")
    manifest = (target / "manifest.json").read_text()
    (target / "manifest.json").write_text("{}")
    shown.refresh()
    (target / "manifest.json").write_text(manifest)
    shown.refresh()
    assert shown.trouble is None
    assert shown.snapshot().id == "20260102-b"


@pytest.mark.parametrize("pointer", ["", "../../etc", "/etc", "a b", "x" * 300, "\0", "..", "-"])
def test_a_pointer_out_of_the_folder_is_refused(published, pointer):
    (published / "current").write_text(pointer)
    shown = Store(published)
    assert shown.snapshot() is None
    assert shown.trouble.reason in (store.NOT_READABLE, store.NO_MANIFEST)


def test_a_manifest_cannot_name_files_elsewhere(published, publish):
    shown = Store(published)
    target = publish(published, "20260102-b")
    outside = published / "secret.txt"
    outside.write_text("secret")
    files = json.loads((target / "manifest.json").read_text())["files"]
    change("files", files | {"../../secret.txt": hashlib.sha256(b"secret").hexdigest()})(target)
    shown.refresh()
    assert shown.trouble.reason == store.MISSING_FILE


@pytest.mark.parametrize(
    "sql", ["COPY run TO 'x.csv'", "SELECT * FROM read_csv('/etc/passwd')", "SET enable_external_access = true", "LOAD httpfs"]
)
def test_the_engine_reaches_nothing_outside(published, sql):
    with Store(published).snapshot().cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql)


def test_a_snapshot_that_cannot_be_prepared_is_refused(published):
    def prepare(connection):
        connection.execute("SELECT * FROM no_such_table")

    assert Store(published, prepare).trouble.reason == store.NOT_PREPARED
