from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.figures.registry import FIGURES
from dashboard.locale import speaker
from dashboard.report import outline
from dashboard.report.outline import OutlineError


def test_the_house_has_every_section_once_in_the_order_of_their_titles() -> None:
    assert [section.id for section in outline.read()] == list(outline.TITLES)


def test_every_table_that_an_outline_may_name_can_be_made() -> None:
    from dashboard.report.tables import MADE

    assert tuple(MADE) == outline.TABLES


def test_a_figure_tells_of_the_years_up_to_that_of_the_report_unless_another_choice_is_written() -> None:
    (section,) = outline.of({"sections": [{"section": "outcomes", "figures": ["outcomes_by_year", {"outcomes_by_type": "year"}]}]})
    assert [(each.figure, each.years) for each in section.figures] == [("outcomes_by_year", "until"), ("outcomes_by_type", "year")]


def test_a_title_of_the_office_replaces_that_of_the_house_in_its_language_only() -> None:
    (section,) = outline.of({"sections": [{"section": "fields", "title": {"ru": "Науки"}}]})
    assert (section.title(speaker("ru")), section.title(speaker("en"))) == ("Науки", "Research fields")


def test_only_the_wanted_sections_stay_and_cover_and_contents_with_them() -> None:
    assert [each.id for each in outline.only(outline.read(), ["quality", "fields"])] == ["cover", "contents", "fields", "quality"]


REFUSED: list[tuple[Any, str]] = [
    ({"sections": [{"section": "geografy"}]}, "there is no section called “geografy”; did you mean geography?"),
    (
        {"sections": [{"section": "fields", "figures": ["top_partner"]}]},
        "there is no figure called “top_partner”; did you mean top_partners",
    ),
    ({"sections": [{"section": "fields", "tables": ["countrys"]}]}, "there is no table called “countrys”; did you mean countries"),
    ({"sections": [{"section": "fields", "figures": [{"top_partners": "yeer"}]}]}, "choice of years called “yeer”; did you mean year?"),
    ({"sections": [{"section": "fields", "tables": ["#"]}]}, "known are countries, "),
    ({"sections": ["fields", "fields"]}, "the section “fields” stands there twice"),
    ({"sections": [{"section": "fields", "picture": []}]}, "“picture” cannot be said of a section"),
    ({"sections": [{"section": "fields", "figures": "top_partners"}]}, "“figures” of the section “fields” must be a list"),
    ({"sections": []}, "it must have a list called “sections”"),
    ("sections", "it must have a list called “sections”"),
]


@pytest.mark.parametrize(("told", "reason"), REFUSED, ids=[reason[:40] for _, reason in REFUSED])
def test_an_outline_that_cannot_be_followed_says_why(told: Any, reason: str) -> None:
    with pytest.raises(OutlineError) as error:
        outline.of(told)
    assert reason in str(error.value)
    for language in ("ru", "zh"):
        assert error.value.said(speaker(language)) != str(error.value)  # said in the language, too


def test_a_file_that_is_no_yaml_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("sections: [", "utf-8")
    with pytest.raises(OutlineError) as error:
        outline.read(path)
    assert error.value.said(speaker("en")).startswith("ours.yaml is no outline of a report: ")


def test_an_unknown_section_that_is_wanted_is_refused() -> None:
    with pytest.raises(OutlineError, match="did you mean partners"):
        outline.only(outline.read(), ["partner"])


def test_every_figure_of_the_registry_can_be_named() -> None:
    told = {"sections": [{"section": "quality", "figures": [figure.id for figure in FIGURES]}]}
    assert len(outline.of(told)[0].figures) == len(FIGURES)
