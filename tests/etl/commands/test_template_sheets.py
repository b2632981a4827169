"""What a person meets in the empty workbook: headers, notes, formats, lists, warnings, print."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from etl.normalise import countries, fields, statuses, types
from etl.read.headers import aliases, feeds, key, kind_of
from etl.records import KINDS, SOURCE_FIELDS, Kind
from etl.reference import rows
from etl.template import LANGUAGES, content
from etl.template.columns import choices, columns, mark, words

ANY = [(kind, language) for kind in KINDS for language in LANGUAGES]
READERS = {
    "countries": countries.country, "fields": fields.field, "events": types.event,
    "agreement_types": types.agreement_type, "outcome_types": types.outcome_type,
}  # fmt: skip


def opened(language: str = "en") -> Workbook:
    return load_workbook(BytesIO(content(KINDS, language)))


@pytest.mark.parametrize(("kind", "language"), ANY)
def test_every_header_is_an_alias_of_its_language_and_feeds_its_field_alone(kind: Kind, language: str) -> None:
    wanted = columns(kind, language)
    listed = {(key(row["alias"]), row["language"]) for row in rows("headers") if row["kind"] in (kind, "*")}
    for column in wanted:
        assert column.field in SOURCE_FIELDS[kind]
        assert feeds(column.header)[kind] == aliases()[key(column.header)][kind] == column.field
        # DOI and ID are the same letters in every language.
        assert (key(column.header), language) in listed or column.header.isascii()
    assert len({column.field for column in wanted}) == len({column.header for column in wanted}) == len(wanted)
    assert kind_of([feeds(column.header) for column in wanted], "", "") == kind


@pytest.mark.parametrize("name", ["template_columns", "template_lists", "template_words"])
def test_every_text_is_there_in_every_language(name: str) -> None:
    for row in rows(name):
        assert all(text.strip() for column, text in row.items() if column not in ("list", "needed")), row


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", READERS)
def test_every_choice_of_a_list_is_read_with_certainty(name: str, language: str) -> None:
    offered = choices(name, language)
    read = [READERS[name](choice) for choice in offered]
    assert len({each.value for each in read}) == len(offered) == len(set(offered))
    assert {each.confidence for each in read} == {1.0}


def test_the_lists_are_whole_and_in_the_order_of_the_language() -> None:
    assert [len(choices(name, "en")) for name in READERS] == [250, 42, 10, 10, 13]
    assert [choices("countries", language)[0] for language in LANGUAGES] == ["Afghanistan", "Австралия", "阿尔巴尼亚"]
    russian = choices("countries", "ru")
    assert russian.index("Италия") < russian.index("Йемен") < russian.index("Кабо-Верде")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statuses_mean_what_they_say(language: str) -> None:
    assert [statuses.planned(choice) for choice in choices("outcome_statuses", language)] == [False, True]


@pytest.mark.parametrize(("kind", "language"), ANY)
def test_each_header_has_a_note_with_an_example_and_its_column_a_format(kind: Kind, language: str) -> None:
    sheet = opened(language)[words(language)[kind]]
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row == 1
    for at, column in enumerate(columns(kind, language), 1):
        cell = sheet.cell(1, at)
        assert cell.value == column.header
        assert column.note in cell.comment.text
        assert column.example in cell.comment.text
        assert (words(language)["needed"] in cell.comment.text) == column.needed
        below = sheet.column_dimensions[get_column_letter(at)]
        assert below.number_format == {"date": "yyyy-mm-dd", "end": "yyyy-mm-dd", "number": "0"}.get(column.form, "@")
        assert below.width == column.width


@pytest.mark.parametrize(("kind", "language"), ANY)
def test_each_rule_warns_reaches_the_last_row_and_fits_what_a_spreadsheet_takes(kind: Kind, language: str) -> None:
    book = opened(language)
    sheet = book[words(language)[kind]]
    ruled = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    for at, column in enumerate(columns(kind, language), 1):
        letter = get_column_letter(at)
        rule = ruled.pop(f"{letter}2:{letter}1048576", None)
        assert (rule is None) == (column.form == "text")
        if rule is None:
            continue
        assert rule.errorStyle in ("warning", "information")
        assert rule.showErrorMessage
        assert rule.allow_blank
        assert len(rule.formula1) <= 255
        assert 0 < len(rule.error) <= 225
        assert 0 < len(rule.errorTitle) <= 32
        if column.choices:
            where, _, area = rule.formula1.rpartition("!")
            cells = [cell.value for (cell,) in book[where.strip("'")][area.replace("$", "")]]
            assert cells == list(choices(column.choices, language))
    assert not ruled


@pytest.mark.parametrize(("kind", "language"), ANY)
def test_a_sheet_is_printed_across_one_page_with_its_header(kind: Kind, language: str) -> None:
    sheet = opened(language)[words(language)[kind]]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert "&P" in sheet.oddFooter.center.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_of_explanations_says_the_same_as_the_notes(language: str) -> None:
    sheet = opened(language)[words(language)["explanations"]]
    assert sheet["A1"].value == mark(language)
    said = [cell.value for (cell,) in sheet.iter_rows(max_col=1)]
    for kind in KINDS:
        assert words(language)[kind] in said
        for column in columns(kind, language):
            line, *_ = [
                each for each in said if each and each.startswith(f"{column.header}: {column.note}") and each.endswith(column.example)
            ]
            said.remove(line)
    assert sheet.max_column == 1
    assert sheet.protection.sheet
