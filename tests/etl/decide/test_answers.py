"""A filled workbook becomes decisions; what is half filled, altered or none of the answers is said and not taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.decide import workbook
from etl.decide.answers import answers, filled, is_review
from etl.decide.lines import Lines
from etl.decide.questions import LANGUAGES, Question, choices, decisions, open_questions, question_id, words
from etl.pipeline.decisions import sheets_of
from tests.etl.decide.conftest import sheet


def question(kind: str, subject: str, **more: object) -> Question:
    asked = Question("", kind, subject, "What is it?", **more)  # type: ignore[arg-type]
    return replace(asked, id=question_id(kind, subject, asked.question, asked.country, asked.about))


PARTNER = question(
    "partner", "TUG",
    candidates=("TU Graz [org-tu-graz]: its acronym", "TU Gabrovo [p-1]: its initials"), answers=("org-tu-graz", "TU Gabrovo"),
    places=tuple(f"a.xlsx, S, C{row}" for row in range(20)), cells=25,
)  # fmt: skip
FIELD = question("field", "road map", candidates=("2.1", "2.3"), answers=("2.1", "2.3"), places=("a.xlsx, S, H9",), cells=1)
COUNTRY = question("country", "Czechoslovakia", candidates=("CZE", "SVK"), answers=("CZE", "SVK"), cells=2)
TWIN = question(
    "agreement", "Pact",
    candidates=("b.xlsx, S, row 7: Pact", "b.xlsx, S, row 9: Pact"), answers=("Pact @ b.xlsx#S#7", "Pact @ b.xlsx#S#9"),
    about="A-1 @ a.xlsx#S#5", cells=1,
)  # fmt: skip
NEWS = question(
    "news", "n-1: signed", candidates=("A-1: Pact (only_one, 0.70)",), answers=("agreement:A-1 @ #0123456789",), about="n-1", cells=1
)
TOLD = question("news", "n-2: a school", candidates=("school",), about="n-2", cells=1)
ALL = [PARTNER, FIELD, COUNTRY, TWIN, NEWS, TOLD]


def written(folder: Path, language: str = "en") -> Path:
    path = folder / "review.xlsx"
    workbook.write(path, ALL, language, {"run": "r-1", "date": "2026-11-22"})
    return path


def fill(path: Path, language: str, rows: dict[str, dict[str, str]], name: str = "") -> None:
    book, said = load_workbook(path), words(language)
    for tab in book.worksheets[1:]:
        head = [cell.value for cell in tab[1]]
        for row in tab.iter_rows(min_row=2):
            for column, text in rows.get(str(row[1].value), {}).items():
                row[head.index(said[column])].value = text
    book.worksheets[0].cell(book.worksheets[0].max_row, 2).value = name or None
    book.save(path)


def taken(path: Path) -> Lines:
    sheets = sheets_of(path)
    assert is_review(sheets)
    return answers(sheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_every_list_is_understood(language: str, tmp_path: Path) -> None:
    for asked in ALL:
        for label in choices(asked, language):
            assert bool(decisions(asked, label, "")) == (label != words(language)["later"]), (asked.kind, label)
    path = written(tmp_path, language)
    fill(path, language, {asked.subject: {"answer": choices(asked, language)[0], "who": "Anna"} for asked in ALL})
    found = taken(path)
    assert not found.findings
    expected = [line for asked in ALL for line in decisions(asked, choices(asked, language)[0], "")]
    assert sorted((line.kind, sorted(line.cells.items())) for line in found.lines) == sorted((k, sorted(c.items())) for k, c in expected)


MEANT = [
    (PARTNER, "TU Graz [org-tu-graz]", "", ("aliases", {"written": "TUG", "partner": "org-tu-graz", "country": ""})),
    (PARTNER, "", "org-tuhh", ("aliases", {"written": "TUG", "partner": "org-tuhh", "country": ""})),
    (PARTNER, "none of these: another organisation", "",
     ("same", {"one": "TUG", "two": "org-tu-graz", "verdict": "not same", "country": ""})),
    (FIELD, "2.1 Строительство и архитектура", "", ("readings", {"kind": "field", "text": "road map", "value": "2.1 Civil engineering"})),
    (FIELD, "6.1 History and archaeology", "", ("readings", {"kind": "field", "text": "road map", "value": "6.1 History and archaeology"})),
    (FIELD, "it names none: leave it out", "", ("readings", {"kind": "field", "text": "road map", "value": "-"})),
    (COUNTRY, "SVK", "", ("readings", {"kind": "country", "text": "Czechoslovakia", "value": "SVK"})),
    (TWIN, "b.xlsx, S, row 9: Pact", "", ("agreements", {"agreement": "A-1", "agreement_at": "a.xlsx#S#5", "other": "Pact",
                                                       "other_at": "b.xlsx#S#9", "verdict": "same"})),
    (NEWS, "A-1: Pact (only_one, 0.70)", "", ("news", {"news": "n-1", "what": "agreement", "value": "A-1", "verdict": "accept",
                                                      "expect": "#0123456789"})),
    (NEWS, "всё неверно", "", ("news", {"news": "n-1", "what": "agreement", "value": "A-1", "verdict": "reject", "expect": "#0123456789"})),
    (TOLD, "do not ask again", "", ("questions", {"question": f"q-{TOLD.id}", "text": "n-2: a school"})),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answer", "free", "line"), MEANT)
def test_an_answer_decides_what_it_says(asked: Question, answer: str, free: str, line: tuple[str, dict[str, str]]) -> None:
    assert decisions(asked, answer, free)[0] == line


def test_none_of_these_tells_apart_from_each() -> None:
    assert [cells["two"] for _, cells in decisions(PARTNER, "none of these: another organisation", "")] == ["org-tu-graz", "TU Gabrovo"]


@pytest.mark.parametrize(
    ("rows", "name", "message"),
    [
        ({"TUG": {"answer": "TU Graz [org-tu-graz]"}}, "", "nobody is named"),
        ({"TUG": {"answer": "TU Graz [org-tu-graz]", "free": "org-tuhh"}}, "Anna", "two answers"),
        ({"TUG": {"answer": "something else"}}, "Anna", "not one of the answers"),
        ({"n-1: signed": {"free": "AGR-2"}}, "Anna", "not one of the answers"),
    ],
)
def test_half_an_answer_is_said_and_not_taken(rows: dict[str, dict[str, str]], name: str, message: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    fill(path, "en", rows | {"road map": {"answer": "2.1 Civil engineering", "who": "Boris", "why": "seen"}}, name)
    found = taken(path)
    assert [line.said for line in found.lines] == [f"Boris, {found.lines[0].on}: seen"]
    (finding,) = found.findings
    assert (finding.severity, finding.code) == ("warning", "incomplete_answer")
    assert message in finding.message
    assert finding.sheet
    assert finding.row


def test_the_name_on_the_first_sheet_stands_for_all_rows(tmp_path: Path) -> None:
    path = written(tmp_path, "ru")
    fill(path, "ru", {"TUG": {"answer": "TU Graz [org-tu-graz]"}, "road map": {"free": "1.1", "who": "Boris"}}, "Анна")
    assert {line.kind: line.by for line in taken(path).lines} == {"aliases": "Анна", "readings": "Boris"}


def test_rows_may_be_sorted_and_columns_moved(tmp_path: Path) -> None:
    path = written(tmp_path)
    fill(path, "en", {"road map": {"answer": "2.1 Civil engineering", "who": "Anna"}})
    book = load_workbook(path)
    tab = next(each for each in book.worksheets if each.title == "Texts")
    rows = [[cell.value for cell in row] for row in tab.iter_rows()]
    tab.delete_rows(1, tab.max_row)
    for row in [rows[0], *reversed(rows[1:])]:
        tab.append([row[-1], row[-2], *row[:-2]])
    book.save(path)
    assert [line["text"] for line in taken(path).lines] == ["road map"]


def test_a_row_whose_hidden_cells_were_changed_is_not_taken(tmp_path: Path) -> None:
    path = written(tmp_path)
    fill(path, "en", {"TUG": {"answer": "TU Graz [org-tu-graz]", "who": "Anna"}})
    book = load_workbook(path)
    tab = next(each for each in book.worksheets if each.title == "Partners")
    tab["K2"] = str(tab["K2"].value).replace('"TUG"', '"MIT"')
    book.save(path)
    found = taken(path)
    assert not found.lines
    assert found.findings[0].code == "stale_decision"


def test_the_workbook_is_dressed_for_a_person(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path))
    assert book.sheetnames == ["Read me", "Partners", "Texts", "Agreements", "News", "lists"]
    assert book["lists"].sheet_state == "hidden"
    tab = book["Partners"]
    assert tab.freeze_panes == "B2"
    assert tab.protection.sheet
    assert not tab["F2"].protection.locked
    assert tab["A2"].protection.locked
    assert tab.column_dimensions["J"].hidden
    assert tab.column_dimensions["K"].hidden
    (rule,) = tab.data_validations.dataValidation
    assert (rule.type, str(rule.sqref)) == ("list", "F2")
    listed = [cell.value for cell in book["lists"][1]]
    assert listed[:2] == ["TU Graz [org-tu-graz]", "TU Gabrovo [p-1]"]
    assert str(tab["D2"].value).endswith("and 20 more")


def test_a_text_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    asked = question("partner", "=1+1", candidates=("=2+2 [org-x]: why",), answers=("org-x",))
    workbook.write(tmp_path / "r.xlsx", [asked], "en", {"run": "r", "date": "2026-11-22"})
    book = load_workbook(tmp_path / "r.xlsx")
    assert book["Partners"]["B2"].data_type == "s"
    assert book["lists"]["A1"].data_type == "s"


def test_what_was_not_taken_is_carried_over(tmp_path: Path) -> None:
    path = written(tmp_path)
    fill(path, "en", {"TUG": {"answer": "TU Graz [org-tu-graz]", "why": "seen"}})
    kept = filled(sheets_of(path), [])
    workbook.write(path, ALL, "en", {"run": "r-2", "date": "2026-11-23"}, kept)
    tab = load_workbook(path)["Partners"]
    assert [tab["F2"].value, tab["G2"].value, tab["H2"].value, tab["I2"].value] == ["TU Graz [org-tu-graz]", None, None, "seen"]


def test_another_table_is_no_review() -> None:
    assert not is_review([sheet("written|partner|by|on|why")])


def test_the_table_of_questions_gives_them_the_fullest_first() -> None:
    rows = [
        {"review_id": "a", "review_kind": "field", "subject": "x", "question": "?", "candidates": ["1.1"], "cell_count": 1},
        {
            "review_id": "b",
            "review_kind": "field",
            "subject": "y",
            "question": "?",
            "candidates": None,
            "cell_count": 3,
            "answers": ["1.1"],
        },
    ]
    assert [(each.id, each.answers) for each in open_questions(rows)] == [("b", ("1.1",)), ("a", ())]


def test_visible_cells_that_were_sorted_without_the_hidden_ones_are_not_taken(tmp_path: Path) -> None:
    path = written(tmp_path)
    fill(path, "en", {"road map": {"answer": "2.1 Civil engineering", "who": "Anna"}})
    book = load_workbook(path)
    tab = book["Texts"]
    assert tab.auto_filter.ref == f"A1:K{tab.max_row}"
    for one, two in zip(*tab["A2:I3"], strict=True):
        one.value, two.value = two.value, one.value
    book.save(path)
    found = taken(path)
    assert not found.lines
    assert [each.code for each in found.findings] == ["stale_decision"]


def test_a_remark_without_an_answer_is_carried_over_and_decides_nothing(tmp_path: Path) -> None:
    path = written(tmp_path)
    fill(path, "en", {"TUG": {"why": "asked Graz"}, "road map": {"who": "Anna"}}, "Boris")
    assert taken(path) == Lines()
    kept = filled(sheets_of(path), [])
    workbook.write(path, ALL, "en", {"run": "r-2", "date": "2026-11-23", "name": "Boris"}, kept)
    book = load_workbook(path)
    assert book["Partners"]["I2"].value == "asked Graz"
    assert "Anna" in {cell.value for cell in book["Texts"]["H"]}
    assert book["Read me"].cell(book["Read me"].max_row, 2).value == "Boris"


def test_what_was_filled_in_stays_although_the_question_is_gone(tmp_path: Path) -> None:
    path = written(tmp_path)
    fill(path, "en", {"TUG": {"answer": "TU Graz [org-tu-graz]"}})
    workbook.write(path, [FIELD], "en", {"run": "r-2", "date": "2026-11-23"}, filled(sheets_of(path), []))
    tab = load_workbook(path)["Partners"]
    assert (tab["B2"].value, tab["F2"].value) == ("TUG", "TU Graz [org-tu-graz]")
