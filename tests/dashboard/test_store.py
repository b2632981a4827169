import hashlib
import os
import threading
import time

import duckdb
import pytest

from dashboard import snapshot as one
from dashboard import store
from dashboard.store import Store
from etl import manifest


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
    listed = manifest.opened((target / manifest.NAME).read_bytes())
    listed["files"]["agreement.parquet"] = hashlib.sha256(content).hexdigest()
    rewrite(target, listed)


def rewrite(target, listed):
    listed.pop("manifest_sha256", None)
    (target / manifest.NAME).write_bytes(manifest.sealed(listed))


def change(name, value):
    def apply(target):
        rewrite(target, manifest.opened((target / manifest.NAME).read_bytes()) | {name: value})

    return apply


def edit(old, new):
    def apply(target):
        content = (target / manifest.NAME).read_bytes()
        assert old in content
        (target / manifest.NAME).write_bytes(content.replace(old, new))

    return apply


BROKEN = [
    (break_byte, one.ALTERED_FILE, "one bit"),
    (lambda t: (t / "agreement.parquet").write_bytes(b""), one.ALTERED_FILE, "a truncated file"),
    (lambda t: (t / "news.parquet").unlink(), one.MISSING_FILE, "a missing file"),
    (lambda t: (t / "manifest.json").unlink(), one.NO_MANIFEST, "no manifest"),
    (lambda t: (t / "manifest.json").write_text("[" * 100_000), one.NO_MANIFEST, "a nested manifest"),
    (lambda t: (t / "manifest.json").write_text("{}"), one.NO_MANIFEST, "an empty manifest"),
    (change("files", {}), one.MISSING_FILE, "files left out of the manifest"),
    (change("files", ["agreement.parquet"]), one.NO_MANIFEST, "files without hashes"),
    (edit(b'"2026-01-01"', b'"2026-01-02"'), one.ALTERED_FILE, "a manifest that was edited"),
    (change("run_id", "20260101-a"), one.ALTERED_FILE, "the manifest of another snapshot"),
    (change("schema_version", 99), one.OTHER_SCHEMA, "a newer schema"),
    (edit(b'"schema_version": 1', b'"schema_version": 0'), one.OTHER_SCHEMA, "an older schema without a seal"),
    (change("schema_version", None), one.OTHER_SCHEMA, "no schema"),
    (lambda t: lie(t, b"PAR1 no table PAR1"), one.UNREADABLE_FILE, "no table, with a true hash"),
    (lambda t: lie(t, (t / "news.parquet").read_bytes()), one.WRONG_COLUMNS, "another table, with a true hash"),
]


@pytest.mark.parametrize(("damage", "reason"), [case[:2] for case in BROKEN], ids=[case[2] for case in BROKEN])
def test_a_broken_snapshot_is_refused_and_the_last_good_one_stays(published, publish, damage, reason):
    shown = Store(published)
    damage(publish(published, "20260102-b"))
    shown.refresh()
    assert shown.trouble.reason == reason
    assert (shown.snapshot().id, agreements(shown.snapshot())) == ("20260101-a", 3)


@pytest.mark.parametrize(("damage", "reason"), [case[:2] for case in BROKEN], ids=[case[2] for case in BROKEN])
def test_after_a_start_the_last_good_snapshot_on_disk_stands_in_for_a_broken_one(published, publish, damage, reason):
    damage(publish(published, "20260102-b"))
    shown = Store(published)
    assert shown.trouble.reason == reason
    assert (shown.snapshot().id, agreements(shown.snapshot())) == ("20260101-a", 3)


def test_the_newest_whole_snapshot_stands_in(published, publish):
    for number, name in enumerate(("20260102-b", "20260103-c", "20260104-d", "20260105-e")):
        folder = publish(published, name)
        os.utime(folder, (2e9 + number, 2e9 + number))
        if name > "20260103-c":
            break_byte(folder)
    assert Store(published).snapshot().id == "20260103-c"


@pytest.mark.parametrize("name", ["manifest.json", "agreement.parquet"])
def test_a_repaired_snapshot_is_shown_after_all(published, publish, monkeypatch, name):
    monkeypatch.setattr(store, "LOOK_EVERY", 0.0)
    target = publish(published, "20260102-b")
    good = (target / name).read_bytes()
    (target / name).write_bytes(b"{}")
    shown = Store(published)
    assert shown.trouble
    (target / name).write_bytes(good)
    assert shown.snapshot().id == "20260102-b"
    assert shown.trouble is None


def test_a_refused_snapshot_is_tried_again_though_nothing_changed(published, monkeypatch):
    limits = [duckdb.Error("no memory"), None]

    def prepare(connection):
        if limits and (limit := limits.pop(0)):
            raise limit

    monkeypatch.setattr(store, "LOOK_EVERY", 0.0)
    shown = Store(published, prepare)
    shown.snapshot()
    assert shown.trouble.reason == one.NOT_PREPARED
    monkeypatch.setattr(store, "AGAIN_AFTER", 0.0)
    shown.snapshot()
    assert (shown.trouble, shown.snapshot().id) == (None, "20260101-a")


def test_a_file_that_is_damaged_while_it_is_shown_is_noticed(published, monkeypatch):
    monkeypatch.setattr(store, "LOOK_EVERY", 0.0)
    shown = Store(published)
    break_byte(published / "snapshots" / "20260101-a")
    assert agreements(shown.snapshot()) == 3
    assert shown.trouble.reason == one.ALTERED_FILE


POINTERS = ["", "../../etc", "/etc", "a b", "x" * 300, "\0", "..", "-", "20260101-a\n\n", "20260101-a\x0b", " 20260101-a", "20260101-ä"]


@pytest.mark.parametrize("pointer", POINTERS)
def test_a_pointer_that_names_no_snapshot_is_refused_and_the_last_good_one_shown(published, pointer):
    (published / "current").write_text(pointer, "utf-8")
    shown = Store(published)
    assert shown.snapshot().id == "20260101-a"
    assert shown.trouble.reason in (store.NOT_READABLE, one.NO_MANIFEST)


def test_a_pointer_that_is_gone_is_told_and_the_last_good_one_shown(published):
    (published / "current").unlink()
    shown = Store(published)
    assert (shown.snapshot().id, shown.trouble.reason) == ("20260101-a", store.NOT_READABLE)


def test_a_manifest_cannot_name_files_elsewhere(published, publish):
    shown = Store(published)
    target = publish(published, "20260102-b")
    outside = published / "secret.txt"
    outside.write_text("secret")
    files = manifest.opened((target / manifest.NAME).read_bytes())["files"]
    change("files", files | {"../../secret.txt": hashlib.sha256(b"secret").hexdigest()})(target)
    shown.refresh()
    assert shown.trouble.reason == one.MISSING_FILE


@pytest.mark.parametrize(
    "sql", ["COPY run TO 'x.csv'", "SELECT * FROM read_csv('/etc/passwd')", "SET enable_external_access = true", "LOAD httpfs"]
)
def test_the_engine_reaches_nothing_outside(published, sql):
    with Store(published).snapshot().cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql)


def test_a_snapshot_that_cannot_be_prepared_is_refused(published):
    def prepare(connection):
        connection.execute("SELECT * FROM no_such_table")

    assert Store(published, prepare).trouble.reason == one.NOT_PREPARED


def test_what_is_prepared_stands_beside_its_snapshot_and_a_new_one_is_announced(published, publish):
    shown = Store(published, lambda connection: connection.execute("SELECT count(*) FROM agreement").fetchone()[0])
    told = []
    shown.opened = told.append
    assert shown.snapshot().prepared == 3
    publish(published, "20260102-b", agreements=1)
    shown.refresh()
    assert [(each.id, each.prepared) for each in told] == [("20260102-b", 1)]


def test_a_snapshot_whose_values_make_no_sense_is_refused_not_half_shown(published):
    def prepare(connection):
        raise ValueError("no such day")

    assert Store(published, prepare).trouble.reason == one.NOT_PREPARED
