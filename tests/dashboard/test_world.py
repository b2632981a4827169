from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.locale import speaker
from dashboard.world import GEOMETRY, MAPS, VIEW, borders, shown


def maps(folder: Path, told: object, geometry: str = GEOMETRY) -> Path:
    (folder / geometry).parent.mkdir(parents=True, exist_ok=True)
    (folder / geometry).write_text("{}")
    (folder / "borders.json").write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    return folder


def test_the_borders_are_named_in_the_language_of_the_reader() -> None:
    assert borders(speaker("en")) == "Borders: Natural Earth 4.1, de facto"
    assert borders(speaker("ru")) == "Границы: Natural Earth 4.1, фактические"
    assert (MAPS / VIEW.folder / GEOMETRY).is_file()


def test_an_office_puts_another_view_beside_ours_and_names_it(tmp_path: Path) -> None:
    told = {
        "shown": "ours",
        "views": {"ours": {"folder": "ours", "name_en": "Our ministry, 2026"}, "other": {"folder": "", "name_en": "x"}},
    }
    view = shown(maps(tmp_path, told, f"ours/{GEOMETRY}"))
    assert (view.folder, view.names["name_en"]) == ("ours/", "Our ministry, 2026")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("not json", "the file is damaged"),
        ({"shown": "a", "views": {}}, "the view that is shown is not described"),
        ({"shown": "a", "views": {"a": {"folder": "", "name_ru": "x"}}}, "no English name to fall back to"),
        ({"shown": "a", "views": {"a": {"folder": "gone", "name_en": "x"}}}, "its geometry is not there"),
        ({"shown": "a", "views": {"a": {"folder": "../..", "name_en": "x"}}}, "it leads out of the folder of maps"),
        ({"shown": "a", "views": ["a"]}, "not a list"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_view_that_cannot_be_shown_is_refused_aloud(tmp_path: Path, told: object, why: str) -> None:
    with pytest.raises(ValueError, match=r"borders\.json"):
        shown(maps(tmp_path, told))


def test_without_the_file_nothing_is_guessed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"borders\.json"):
        shown(tmp_path)
