"""What the ETL says in English is said in the reader's language: findings, rules, questions."""

from __future__ import annotations

import ast
import csv
import itertools
import re
import string
from pathlib import Path

import duckdb
import pytest
from dash import html

from dashboard.filters import Selection
from dashboard.locale import catalogue, speaker
from dashboard.pages import Context, found, quality
from etl import reference
from etl.normalise.dates import _NOTES
from etl.words.problems import ADVICE, PROBLEMS, advice_said, problem_said
from etl.words.rules import METHODS, QUALIFIERS, REFUSALS, RULES, TEMPLATES, method_said, rule_said

EN, RU = speaker("en"), speaker("ru")
ETL = Path(reference.__file__).parents[1]
SCRIPTS = {"ru": re.compile("[а-яё]"), "zh": re.compile("[\u4e00-\u9fff]")}


def codes() -> list[str]:
    with (ETL / "reference" / "problem_codes.csv").open(encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file)]


def finding(code: str) -> dict[str, str]:
    return {"problem_code": code, "message": "Read as 2021-03-05", "advice": "Write the month in words"}


def test_the_codes_are_those_of_the_reference_file() -> None:
    assert list(PROBLEMS) == list(ADVICE) == codes()


@pytest.mark.parametrize("text", [*PROBLEMS.values(), *ADVICE.values(), *METHODS.values(), *RULES, *REFUSALS, *QUALIFIERS.values(),
                                  *(template for _, template in TEMPLATES), *quality.QUESTIONS.values()])  # fmt: skip
def test_every_text_is_translated(text: str) -> None:
    for language, script in SCRIPTS.items():
        said = catalogue(language)[text]
        assert isinstance(said, str)
        assert script.search(said) or said == text == "ISO"


@pytest.mark.parametrize("code", codes())
def test_a_finding_is_said_in_detail_in_english_and_by_its_code_in_russian(code: str) -> None:
    row = finding(code)
    assert (problem_said(EN, row), advice_said(EN, row)) == (row["message"], row["advice"])
    assert (problem_said(RU, row), advice_said(RU, row)) == (RU(PROBLEMS[code]), RU(ADVICE[code]))


def test_an_unknown_code_is_said_as_the_etl_says_it() -> None:
    row = finding("struck_by_lightning")
    assert (problem_said(RU, row), advice_said(RU, row)) == (row["message"], row["advice"])


RUSSIAN = {
    "CLDR name": "название по CLDR",
    "keyword 'cooperat*'": "ключевое слово «cooperat*»",
    "keyword 'joint ... lab*'": "ключевое слово «joint ... lab*»",
    "words: soil chemistry + forests": "по словам: soil chemistry + forests",
    "number, at_least": "число (не менее указанного)",
    "title: 'sign*'": "заголовок: «sign*»",
    "text: 'visit*'": "текст: «visit*»",
    "written: 'award*'": "в источнике: «award*»",
    "ambiguous, read day first": "неоднозначно, прочитано как «сначала день»",
    "not a research field: a form of cooperation": "не область науки: форма сотрудничества",
    "not a country of any list: 'Lyngby'": "такой страны нет ни в одном списке: 'Lyngby'",
    "not a country of any list, but like Китай: 'Китйа'": "такой страны нет ни в одном списке, похоже на Китай: 'Китйа'",
    "not a date: ' {x} '": "не дата: ' {x} '",
    "not a date: unknown word 'soon'": "не дата: неизвестное слово 'soon'",
    "not a date: '%' in '5 % 2023'": "не дата: '%' в '5 % 2023'",
    "not a year between 1000 and 2199: 3023": "год вне пределов 1000–2199: 3023",
    "reference": "название из списка организаций",
}


@pytest.mark.parametrize("rule", RUSSIAN)
def test_a_rule_keeps_its_part_in_russian_and_stays_as_it_is_in_english(rule: str) -> None:
    assert rule_said(RU, rule) == RUSSIAN[rule]
    assert rule_said(EN, rule) == rule


@pytest.mark.parametrize("rule", ["", "day.month.year", "number, roughly", "nobody's rule: 'x'"])
def test_an_unknown_rule_is_returned_as_it_is(rule: str) -> None:
    assert rule_said(RU, rule) == rule_said(EN, rule) == method_said(RU, rule) == rule


def test_a_method_tells_of_its_cell() -> None:
    assert method_said(EN, "merged, alias") == "in a merged cell, another name of it"
    assert method_said(RU, "ditto, reference") == "знак повтора: как строкой выше, название из списка организаций"


def test_each_template_has_the_parts_of_its_pattern() -> None:
    for pattern, template in TEMPLATES:
        assert set(pattern.groupindex) == {name for _, name, _, _ in string.Formatter().parse(template) if name}


def samples(node: ast.AST) -> list[str]:
    """What an expression of the ETL may say; the parts that are put in are '1', or 'x' in quotes; nothing where it cannot be told."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return samples(node.body) + samples(node.orelse)
    if isinstance(node, ast.FormattedValue):
        return ["'x'"] if node.conversion == ord("r") else samples(node.value) or ["1"]
    if isinstance(node, ast.JoinedStr):
        return ["".join(parts) for parts in itertools.product(*map(samples, node.values))]
    return []


def spoken(names: set[str], at: int) -> set[str]:
    """What the calls of ``names`` in normalisers and linkers have as argument number ``at``; links and languages leave no reading."""
    paths = [path for folder in ("normalise", "link") for path in (ETL / folder).rglob("*.py")]
    trees = [ast.parse(path.read_text("utf-8")) for path in paths if path.name not in ("links.py", "languages.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) > at]
    said = {text for node in calls if isinstance(node.func, ast.Name) and node.func.id in names for text in samples(node.args[at])}
    return {text for text in said if not text.startswith("1") and text != "number, 1"}


RULES_OF_THE_ETL = sorted(spoken({"Read", "Match", "Resolved"}, 1) | {rule for _, rule, _ in _NOTES})
REASONS_OF_THE_ETL = sorted(spoken({"Unreadable", "Unsure", "NotACountry"}, 0))


def test_the_etl_was_searched() -> None:
    assert {"excel serial", "formal name", "range, its end", "keyword '1'", "until", "acronym + title"} <= {*RULES_OF_THE_ETL}
    assert {"no year", "not a known type: 'x'", "no such month: 1"} <= {*REASONS_OF_THE_ETL}


@pytest.mark.parametrize("said", RULES_OF_THE_ETL + REASONS_OF_THE_ETL)
def test_every_rule_and_reason_of_the_etl_is_known(said: str) -> None:
    for language, script in SCRIPTS.items():
        assert script.search(rule_said(speaker(language), said)) or said == "ISO"


@pytest.mark.parametrize("question", [quality.QUESTIONS["partner"], quality.QUESTIONS["agreement"]])
def test_the_questions_are_those_of_the_etl(question: str) -> None:
    asked = (ETL / "link" / "partner" / "questions.py").read_text("utf-8") + (ETL / "pipeline" / "build.py").read_text("utf-8")
    assert f'"{question}"' in asked


@pytest.mark.parametrize(
    ("kind", "said", "name"),
    [
        ("field", "5.2", "Экономика и бизнес (5.2)"),
        ("field", "9.9", "9.9"),
        ("country", "DEU", "Германия (DEU)"),
        ("country", "SRB", "SRB"),
        ("agreement_type", "other", "Другой документ"),
        ("partner", "TU Berlin [org-tub]: the same words", "TU Berlin [org-tub]: the same words"),
    ],
)
def test_a_candidate_has_its_name_in_russian(small: duckdb.DuckDBPyConnection, kind: str, said: str, name: str) -> None:
    context = Context(small, "test", "2026-11-22", Selection(), RU, "/quality")
    assert quality._candidate(context, kind, said) == name


def test_the_page_asks_in_russian(small: duckdb.DuckDBPyConnection) -> None:
    context = Context(small, "test", "2026-11-22", Selection(), RU, "/quality")
    cells = [each for each in quality._reviews(context)._traverse() if isinstance(each, html.Td)]
    assert RU(quality.QUESTIONS["partner"]) in [each.children for each in cells]


@pytest.mark.parametrize(
    ("language", "wanted"), [("en", "cooperation agreement"), ("ru", "соглашение о сотрудничестве"), ("zh", "合作协议")]
)
def test_a_type_in_a_finding_is_called_in_words(small: duckdb.DuckDBPyConnection, language: str, wanted: str) -> None:
    row = {
        "problem_code": "missing_type", "severity_code": "note", "file_name": "a.xlsx", "sheet_name": "S", "row_number": 3, "letter": None,
        "raw_text": None, "message": "No type of document is written; the title says cooperation_agreement", "advice": "Fill in the type",
    }  # fmt: skip
    context = Context(small, "test", "2026-11-22", Selection(), speaker(language), "/quality")
    said = str(found.problem_table(context, [row], "Findings"))
    assert wanted in said
    assert "cooperation_agreement" not in said


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("3 joint_project, planned", "联合项目 × 3，计划中"), ("grant", "科研资助"), ("org-tsu: same country", "org-tsu: same country")],
)
def test_a_proposed_outcome_is_called_in_words(small: duckdb.DuckDBPyConnection, said: str, wanted: str) -> None:
    context = Context(small, "test", "2026-11-22", Selection(), speaker("zh"), "/quality")
    assert quality._candidate(context, "news", said) == wanted
