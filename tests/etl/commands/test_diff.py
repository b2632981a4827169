"""The command: which two snapshots it takes, what it refuses and with which exit code."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.compare.attribution import PARTS
from etl.compare.words import LANGUAGES, texts
from etl.indicators.definitions import INDICATORS
from etl.indicators.status import STATUSES
from etl.manifest import sealed
from etl.tables import Agreement, News, Outcome, table
from tests.etl.compare.desk import snapshot
from tests.etl.compare.test_comparison import DESK, OTHER, ROW, with_rows


@pytest.fixture(name="out")
def _out(tmp_path: Path) -> Path:
    """Return a folder with two snapshots, the second one current."""
    snapshot(with_rows(ROW), tmp_path)
    snapshot(with_rows(ROW, OTHER), tmp_path)
    return tmp_path


def ids(out: Path) -> tuple[str, str]:
    """Return the id of the snapshot before and of the current one."""
    current = (out / "current").read_text("utf-8").strip()
    (other,) = (each.name for each in (out / "snapshots").iterdir() if each.name != current)
    return other, current


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["diff", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_without_names_the_current_one_is_compared_with_the_one_before(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = told(capsys, "--out", str(out), "--json")
    answer = json.loads(said)
    assert (code, answer["old"]["id"], answer["new"]["id"]) == (0, *ids(out))
    assert [(r["id"], r["what"], r["part"]) for r in answer["records"]] == [("N-2", "new", "new")]


def test_names_are_ids_or_folders(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = ids(out)
    for one, two in ((new, old), (str(out / "snapshots" / new), str(out / "snapshots" / old)), (str(out), old)):
        code, said, _ = told(capsys, one, two, "--out", str(out), "--json")
        answer = json.loads(said)
        assert (code, answer["old"]["id"], answer["new"]["id"]) == (0, new, old)
        assert [(r["id"], r["what"], r["part"]) for r in answer["records"]] == [("N-2", "removed", "removed")]


def test_the_same_snapshot_twice_differs_in_nothing(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, _ = ids(out)
    code, said, _ = told(capsys, old, old, "--out", str(out))
    assert code == 0
    assert texts("en")["nothing"] in said


def test_an_unknown_id_is_wrong_usage_and_tells_the_known_ones(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, error = told(capsys, "20200101-nothing", "--out", str(out))
    assert (code, said) == (3, "")
    assert all(each in error for each in ids(out))


def test_one_snapshot_cannot_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--out", str(tmp_path))[0] == 2
    snapshot(DESK, tmp_path)
    code, said, error = told(capsys, "--out", str(tmp_path))
    assert (code, said) == (2, "")
    assert "no snapshot beside" in error


@pytest.mark.parametrize("damage", ["flip", "cut", "gone", "manifest", "pointer"])
def test_a_damaged_snapshot_is_refused_by_name(out: Path, capsys: pytest.CaptureFixture[str], damage: str) -> None:
    _, new = ids(out)
    path = out / "snapshots" / new / ("manifest.json" if damage == "manifest" else "news.parquet")
    content = path.read_bytes()
    if damage == "pointer":
        (out / "current").write_text("20200101-away", "utf-8")
    elif damage == "gone":
        path.unlink()
    else:
        path.write_bytes(content[:-9] if damage == "cut" else content[:40] + bytes([content[40] ^ 1]) + content[41:])
    code, said, error = told(capsys, "--out", str(out))
    assert (code, said) == (2, "")
    assert ("20200101-away" if damage == "pointer" else new) in error


def test_a_snapshot_of_an_older_contract_says_so(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, _ = ids(out)
    (out / "snapshots" / old / "manifest.json").write_bytes(sealed({"schema_version": 0, "files": {}}))
    code, _, error = told(capsys, old, "--out", str(out))
    assert code == 2
    assert "version 0 of the tables" in error


def test_a_damaged_one_in_between_is_passed_over_and_told(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = ids(out)
    shutil.copytree(out / "snapshots" / old, out / "snapshots" / "20990101-bad")
    (out / "snapshots" / "20990101-bad" / "run.parquet").write_bytes(b"no")
    code, said, error = told(capsys, "--out", str(out), "--json")
    assert (code, json.loads(said)["old"]["id"], json.loads(said)["new"]["id"]) == (0, old, new)
    assert "Passed over: 20990101-bad is damaged" in error


def test_what_a_cell_says_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    snapshot(DESK, tmp_path)
    snapshot(with_rows(ROW | {"title": "\x1b[2J[red]evil[/red]\x07"}, OTHER), tmp_path)
    code, said, _ = told(capsys, "--out", str(tmp_path))
    assert code == 0
    assert "\x1b" not in said
    assert "[red]evil" in said


def test_all_languages_say_the_same_lines(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = [told(capsys, "--out", str(out), "--lang", language)[1] for language in LANGUAGES]
    assert len({len(each.splitlines()) for each in said}) == 1
    assert len(set(said)) == len(LANGUAGES)


def test_everything_that_can_be_said_has_words_in_each_language() -> None:
    columns = {str(c) for name in ("agreement", "news", "outcome") for c in table(name).columns}
    columns -= {Agreement.id, News.id, Outcome.id}
    wanted = {f"i_{each.id}" for each in INDICATORS} | {f"c_{name}" for name in columns} | {f"status_{code}" for code in STATUSES}
    wanted |= {f"c_{name}" for name in ("partner_id", "country_code", "field_code", "agreement_id", "outcome_id")}
    wanted |= {f"{prefix}_{part}" for prefix in ("part", "cause") for part in PARTS}
    for language in LANGUAGES:
        assert wanted <= texts(language).keys()
        assert all(texts(language).values())


def test_the_program_that_changed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    snapshot(DESK, tmp_path)
    snapshot(replace(DESK, version=2), tmp_path)
    assert texts("en")["other_code"] in told(capsys, "--out", str(tmp_path))[1]
