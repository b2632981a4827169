"""Decisions are added to the files that people keep, in the way in which these are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.decide.keep import add, template
from etl.decide.lines import KINDS, Line
from etl.pipeline.decisions import load


def alias(written: str, partner: str = "org-tu-graz") -> Line:
    return Line("aliases", {"written": written, "partner": partner}, "", "", 1, "Анна", "2026-11-22", 'short; "so"\nto say')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "decisions").mkdir()
    return tmp_path / "decisions"


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_a_table_without_lines(kind: str, folder: Path) -> None:
    (folder / f"{kind}.csv").write_bytes(template(kind))
    (file,), lines = load(folder.parent)
    assert (file.verdict, lines.lines, lines.findings) == ("read", [], [])


def test_what_is_added_is_read_again(folder: Path) -> None:
    assert add([alias("TUG"), alias("Грац")], folder) == {"aliases.csv": 2}
    assert add([alias("MIT")], folder) == {"aliases.csv": 1}
    _, found = load(folder.parent)
    assert [(line["written"], line.by, line.on) for line in found.lines] == [
        ("TUG", "Анна", "2026-11-22"), ("Грац", "Анна", "2026-11-22"), ("MIT", "Анна", "2026-11-22"),
    ]  # fmt: skip
    assert found.lines[0].why == 'short; "so" to say'
    assert sorted(path.name for path in folder.iterdir()) == ["aliases.csv"]


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1251", ";"), ("cp1251", ","), ("utf-8", "\t")])
def test_a_file_keeps_its_encoding_its_delimiter_and_its_columns(encoding: str, delimiter: str, folder: Path) -> None:
    rows = [["Кто", "Когда", "Почему", "Как написано", "Партнёр", "Страна"], ["Борис", "2025-01-02", "так", "ТУ Г", "org-tu-graz", ""]]
    text = "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"
    (folder / "aliases.csv").write_bytes(text.encode(encoding))
    add([alias("Грац")], folder)
    data = (folder / "aliases.csv").read_bytes()
    assert data.decode(encoding).startswith(text)
    _, found = load(folder.parent)
    assert [(line["written"], line.by) for line in found.lines] == [("ТУ Г", "Борис"), ("Грац", "Анна")]


def test_a_name_that_the_encoding_lacks_turns_the_file_into_utf_8(folder: Path) -> None:
    (folder / "aliases.csv").write_bytes(
        "Кто;Когда;Почему;Как написано;Партнёр\r\nБорис;2025-01-02;так;ТУ;org-tu-graz\r\n".encode("cp1251")
    )
    add([alias("格拉茨")], folder)
    assert "格拉茨" in (folder / "aliases.csv").read_bytes().decode("utf-8-sig")
    assert len(load(folder.parent)[1].lines) == 2


def test_a_failure_leaves_the_file_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add([alias("TUG")], folder)
    before = (folder / "aliases.csv").read_bytes()
    monkeypatch.setattr(Path, "replace", _fail)
    with pytest.raises(OSError, match="no space"):
        add([alias("MIT")], folder)
    assert (folder / "aliases.csv").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["aliases.csv"]


def _fail(*_: object) -> None:
    raise OSError("no space left")


@pytest.mark.parametrize(
    "broken", [b"", b'written;partner;country;by;on;why\r\n"TUG;org-x;;A;2026-11-22;w\r\n', b"something;else\r\n1;2\r\n"]
)
def test_a_broken_file_is_left_alone_and_its_lines_go_beside_it(broken: bytes, folder: Path) -> None:
    for name in ("aliases.csv", "aliases-review.csv"):
        (folder / name).write_bytes(broken)
    assert add([alias("MIT")], folder) == {"aliases-review-2.csv": 1}
    assert add([alias("TUM")], folder) == {"aliases-review-2.csv": 1}
    assert (folder / "aliases.csv").read_bytes() == (folder / "aliases-review.csv").read_bytes() == broken
    assert [line["written"] for line in load(folder.parent)[1].lines] == ["MIT", "TUM"]
