"""Whatever a workbook holds: every row has one fate, and what is published was written."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from etl.errors import NothingToPublish
from etl.pipeline.run import run
from tests.conftest import AS_OF, RAW

HEADERS = {
    "Agreement ID": "number",
    "Title": "title",
    "Partner": "partners",
    "Country": "countries",
    "Signed": "signed",
    "Expires": "expires",
}
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
CELLS = {
    "Agreement ID": st.sampled_from(["", "X-1", "X-2", "X-3", "№ 7/2020"]),
    "Title": st.one_of(st.sampled_from(["", "Agreement on cooperation", "Соглашение", "Total", "=1+1"]), TEXT),
    "Partner": st.sampled_from(["", "TU Graz", "Tsinghua University; TU Berlin", "New Institute of Nothing"]),
    "Country": st.sampled_from(["", "Austria", "КНР", "Atlantis", '—"—', "China; Germany"]),
    "Signed": st.sampled_from(["", "2020", "12.11.2019", "31.02.2020", "март 2018", "2031", "soon"]),
    "Expires": st.sampled_from(["", "2030", "5 лет", "бессрочно", "1999", "???"]),
}
ROWS = st.lists(st.one_of(st.none(), st.fixed_dictionaries(CELLS)), min_size=1, max_size=12)


@given(ROWS, st.permutations(list(HEADERS)), st.integers(0, 3), st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_row_is_lost_and_none_is_counted_twice(rows, order, titles, has_total) -> None:
    book = Workbook()
    sheet = book.active
    for number in range(titles):
        sheet.append([f"Register, part {number}"])
    sheet.append(list(order))
    for row in rows:
        sheet.append([None if row is None else row[name] or None for name in order])
    if has_total:
        sheet.append(["Total", len(rows)])
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "out"
        raw.mkdir()
        book.save(raw / "x.xlsx")
        used = load_workbook(raw / "x.xlsx").active
        last = max((cell.row for line in used.iter_rows() for cell in line if cell.value not in (None, "")), default=0)
        try:
            done = run(raw, out, AS_OF)
        except NothingToPublish as error:
            assert "no row of the input became a record" in str(error)
            return
        published = {table: pq.read_table(done.folder / f"{table}.parquet").to_pylist() for table in ("source_row", "agreement", "problem")}
    fates = Counter(r["fate_code"] for r in published["source_row"])
    assert [r["row_number"] for r in sorted(published["source_row"], key=lambda r: r["row_number"])] == list(range(1, last + 1))
    assert fates["loaded"] == len(published["agreement"])
    explained = {p["row_number"] for p in published["problem"] if p["severity_code"] == "error"}
    refused = {r["row_number"] for r in published["source_row"] if r["fate_code"] == "quarantined"}
    assert refused <= explained, "a row was refused without a word"


def test_a_changed_hint_is_another_refresh(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "agreements.xlsx").write_bytes((RAW / "agreements.xlsx").read_bytes())
    first = run(raw, tmp_path / "out", AS_OF)
    (raw / "sources.yaml").write_text('"agreements.xlsx": {ignore_columns: [Remarks]}', "utf-8")
    second = run(raw, tmp_path / "out", AS_OF)
    assert first.run_id != second.run_id
    assert all(r["remarks"] is None for r in pq.read_table(second.folder / "agreement.parquet").to_pylist())
