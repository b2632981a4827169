"""Annotated copies: what is marked is marked, everything else is as in the source."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook

from etl.publish import annotated, patched, rebuilt
from etl.publish.annotated import Copies, annotate, copied
from etl.publish.marks import MOST_COMMENTS
from etl.publish.xlsx import comments
from etl.publish.xlsx.markup import CannotPatch
from etl.tables import Problem, SourceRow
from etl.words.say import speaker

from .conftest import Made, given_of, hashes, one_file, problem, rezipped, source_row

EN, RU = speaker("en"), speaker("ru")
RED, YELLOW = "FFFFC7CE", "FFFFE699"


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def streams(path: Path) -> dict[str, bytes]:
    """Return the parts as they are packed."""
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
    starts = {each.filename: each.header_offset + 30 + len(each.filename.encode()) + len(each.extra) for each in infos}
    return {each.filename: data[starts[each.filename] :][: each.compress_size] for each in infos}


def book(path: Path, *values: str, sheet: str = "S") -> Path:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = sheet
    for value in values:
        page.append([value])
    made.save(path)
    return path


def test_no_source_is_touched(made: Made) -> None:
    assert hashes(made.raw) == made.before


@pytest.mark.parametrize(("folder", "word"), [("annotated", "A date was not understood"), ("annotated.ru", "Дата не понята")])
def test_a_cell_that_was_not_understood_is_coloured_and_commented(made: Made, folder: str, word: str) -> None:
    sheet = load_workbook(made.folder / folder / "agreements.xlsx")["Реестр 2024"]
    cell = sheet["E4"]
    assert cell.fill.fgColor.rgb == RED
    assert cell.comment.text.startswith("what an office wrote")
    assert word in cell.comment.text
    assert word not in sheet["D3"].comment.text
    assert cell.number_format == "@"
    assert (cell.value, sheet["J1"].fill.fgColor.rgb) == ("soon", YELLOW)


def test_a_refused_row_is_marked_at_its_first_cell(made: Made) -> None:
    sheet = load_workbook(made.folder / "annotated" / "agreements.xlsx")["Реестр 2024"]
    texts = {row: sheet.cell(row, 1).comment.text for row in range(1, 7) if sheet.cell(row, 1).comment}
    said = {row: text for row, text in texts.items() if "refused" in text}
    assert said == {row: f"This row was refused; see {cell}" for row, cell in ((3, "D3"), (4, "E4"), (5, "E5"))}
    assert [sheet.cell(row, 1).fill.fgColor.rgb == RED for row in range(1, 7)] == [False, False, True, True, True, False]


def test_everything_else_of_a_workbook_stays(made: Made) -> None:
    source, copy = parts(made.raw / "agreements.xlsx"), parts(made.folder / "annotated" / "agreements.xlsx")
    changed = {name for name in source if copy.get(name) != source[name]}
    ours = {"[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"}
    assert changed == ours | {"xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"}
    before, after = load_workbook(made.raw / "agreements.xlsx"), load_workbook(made.folder / "annotated" / "agreements.xlsx")
    assert after.sheetnames == [*before.sheetnames, "Findings"]
    for name in before.sheetnames:
        one, two = before[name], after[name]
        for row in one.iter_rows():
            for cell in row:
                same = two[cell.coordinate]
                assert (cell.value, cell.data_type, cell.number_format) == (same.value, same.data_type, same.number_format)
                assert repr(cell.font) == repr(same.font)
        assert two.column_dimensions["B"].width == one.column_dimensions["B"].width
        assert [r for r, d in two.row_dimensions.items() if d.hidden] == [r for r, d in one.row_dimensions.items() if d.hidden]
        assert two.merged_cells.ranges == one.merged_cells.ranges
        assert len(two.data_validations.dataValidation) == len(one.data_validations.dataValidation)
        assert len(two.conditional_formatting) == len(one.conditional_formatting)
        assert (two.freeze_panes, len(two._charts)) == (one.freeze_panes, len(one._charts))


def test_a_formula_stays_one_and_a_text_does_not_become_one(made: Made) -> None:
    sheet = load_workbook(made.folder / "annotated" / "agreements.xlsx")["Реестр 2024"]
    assert (sheet["N2"].value, sheet["N2"].data_type) == ("=SUM(1,2)", "f")
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=cmd|calc", "s")
    texts = load_workbook(made.folder / "annotated" / "outcomes.csv.xlsx")["outcomes"]
    assert (texts["D3"].value, texts["D3"].data_type, texts["D3"].quotePrefix) == ("=cmd|calc", "s", True)


def test_the_last_sheet_lists_the_findings_with_links(made: Made) -> None:
    sheet = load_workbook(made.folder / "annotated.ru" / "agreements.xlsx").worksheets[-1]
    assert sheet.title == "Замечания"
    head = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "Важность")
    listed = {sheet.cell(row, 3).value: row for row in range(head + 1, sheet.max_row + 1)}
    row = listed["E4"]
    assert sheet.cell(row, 3).hyperlink.location == "'Реестр 2024'!E4"
    assert [sheet.cell(row, at).value for at in (1, 2, 4, 5, 6)] == [
        "Ошибка", "Реестр 2024", "soon", "Дата не понята", "Не удалось прочитать дату: не дата: 'soon'",
    ]  # fmt: skip
    wanted = [p for p in given_of(made).problems if p[Problem.file] == "agreements.xlsx"]
    assert sheet.max_row - head == len(wanted)


def test_a_text_file_gets_a_workbook_of_its_rows(made: Made) -> None:
    book = load_workbook(made.folder / "annotated" / "outcomes.csv.xlsx")
    assert book.sheetnames == ["outcomes", "Findings"]
    assert [cell.value for cell in book["outcomes"][2]] == ["O1", "A-1", "2023", "Joint publications", "many"]
    assert book["outcomes"]["E2"].fill.fgColor.rgb == RED
    assert "the source is a text file" in book["Findings"]["A3"].value


def test_a_file_that_could_not_be_read_has_no_copy(made: Made) -> None:
    assert set(copied(given_of(made))) == {"agreements.xlsx", "outcomes.csv"}


def test_the_same_sources_give_the_same_bytes(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.raw, tmp_path / "raw", copy_function=shutil.copyfile)
    given = given_of(made, raw=tmp_path / "raw")
    for name, path in copied(given).items():
        annotate(tmp_path / "copy.xlsx", given, name, RU)
        assert (tmp_path / "copy.xlsx").read_bytes() == (made.folder / "annotated.ru" / path).read_bytes()


def test_the_languages_share_every_part_that_has_no_words(made: Made) -> None:
    english, russian = (streams(made.folder / folder / "agreements.xlsx") for folder in ("annotated", "annotated.ru"))
    assert english.keys() == russian.keys()
    words = {"xl/workbook.xml", "xl/comments/comment1.xml", "xl/worksheets/sheet3.xml"}
    assert {name for name in english if english[name] != russian[name]} == words
    assert streams(made.raw / "agreements.xlsx")["xl/charts/chart1.xml"] == english["xl/charts/chart1.xml"]
    texts = [streams(made.folder / folder / "outcomes.csv.xlsx") for folder in ("annotated", "annotated.ru")]
    changed = {name for name in texts[0] if texts[0][name] != texts[1][name]}
    assert changed == {"xl/workbook.xml", "xl/comments1.xml", "xl/worksheets/sheet2.xml"}


def test_a_further_language_neither_reads_nor_packs_a_sheet_again(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = Copies(given_of(made))
    again: list[str] = []
    for name, path in copied(given_of(made)).items():
        copies.write(tmp_path / "first.xlsx", name, EN)
        with monkeypatch.context() as watched:
            for module, function in ((annotated, "_source"), (patched, "repainted"), (rebuilt, "book")):
                watched.setattr(module, function, lambda *_, what=function: again.append(what))
            for folder, say in (("annotated.ru", RU), ("annotated", EN)):
                copies.write(tmp_path / "copy.xlsx", name, say)
                assert (tmp_path / "copy.xlsx").read_bytes() == (made.folder / folder / path).read_bytes()
    assert not again


def test_the_order_in_which_copies_are_asked_for_changes_nothing(made: Made, tmp_path: Path) -> None:
    copies = Copies(given_of(made))
    for folder, say in (("annotated", EN), ("annotated.ru", RU)):
        for name, path in sorted(copied(given_of(made)).items(), reverse=True):
            copies.write(tmp_path / "copy.xlsx", name, say)
            assert (tmp_path / "copy.xlsx").read_bytes() == (made.folder / folder / path).read_bytes()


def test_a_file_without_a_finding_is_copied_as_it_lies_there(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", "x", "y")
    annotate(tmp_path / "copy.xlsx", one_file(path, []), "a.xlsx", EN)
    source, copy = streams(path), streams(tmp_path / "copy.xlsx")
    changed = {name for name in source if copy[name] != source[name]}
    assert changed == {"[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert load_workbook(tmp_path / "copy.xlsx")["Findings"]["A4"].value == "Nothing was found in this file."


def test_a_source_that_has_changed_is_written_from_its_rows(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.raw, tmp_path / "raw")
    book(tmp_path / "raw" / "agreements.xlsx", "another one")
    annotate(tmp_path / "copy.xlsx", given_of(made, raw=tmp_path / "raw"), "agreements.xlsx", EN)
    copy = load_workbook(tmp_path / "copy.xlsx")
    assert copy["Реестр 2024"]["E4"].value == "soon"
    assert copy["Реестр 2024"]["E4"].fill.fgColor.rgb == RED
    assert "the source file has changed since it was read" in copy["Findings"]["A3"].value


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<!-- <row r='1'/> --><sheetData>"),
        ("xl/worksheets/sheet1.xml", b'<row r="1"', b"<row"),
        ("xl/worksheets/sheet1.xml", b'<c r="A1"', b"<c"),
        ("xl/styles.xml", b"cellXfs", b"cellOther"),
        ("xl/workbook.xml", b'name="S"', b'name="T"'),
    ],
)
def test_a_workbook_put_together_in_an_unusual_way_is_written_from_its_rows(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    path = book(tmp_path / "a.xlsx", "x")
    rezipped(path, lambda name, content: content.replace(old, new) if name == part else content)
    assert new in parts(path)[part]
    annotate(tmp_path / "copy.xlsx", one_file(path, [problem("a.xlsx", "S", 1, "A")]), "a.xlsx", EN)
    copy = load_workbook(tmp_path / "copy.xlsx")
    assert copy["S"]["A1"].comment
    assert "put together in an unusual way" in copy["Findings"]["A3"].value


def test_cells_and_rows_that_are_not_there_are_put_in_at_their_place(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", "one", "two", "three")
    places = [("B", 1), ("A", 2), ("AA", 2), ("C", 2), ("D", 7), ("B", 5)]
    annotate(tmp_path / "copy.xlsx", one_file(path, [problem("a.xlsx", "S", row, letter) for letter, row in places]), "a.xlsx", EN)
    xml = parts(tmp_path / "copy.xlsx")["xl/worksheets/sheet1.xml"].decode()
    assert re.findall(r'<c r="(\w+)"', xml) == ["A1", "B1", "A2", "C2", "AA2", "A3", "B5", "D7"]
    sheet = load_workbook(tmp_path / "copy.xlsx")["S"]
    assert all(sheet[f"{letter}{row}"].comment and sheet[f"{letter}{row}"].fill.fgColor.rgb == RED for letter, row in places)
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["one", "two", "three"]


def test_a_cell_that_two_tables_of_a_sheet_speak_of_has_one_comment(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", "one", "two")
    left, right = "S [A:B]", "S [D:E]"
    rows = [source_row("a.xlsx", left, 1, A="one"), source_row("a.xlsx", right, 1, D="two")]
    places = [(left, 2, "B"), (right, 2, "D"), (left, 9, None), (right, 9, None), (right, 1, None)]
    told = [problem("a.xlsx", sheet, row, letter, **{Problem.message: f"in {sheet}"}) for sheet, row, letter in places]
    annotate(tmp_path / "copy.xlsx", one_file(path, told, rows, sheet=left), "a.xlsx", EN)
    copy = load_workbook(tmp_path / "copy.xlsx")
    commented = {cell.coordinate: cell.comment.text for row in copy["S"].iter_rows() for cell in row if cell.comment}
    assert set(commented) == {"B2", "D2", "A9", "D1"}
    assert (left in commented["A9"], right in commented["A9"]) == (True, True)
    drawing = parts(tmp_path / "copy.xlsx")["xl/drawings/vmlDrawing1.vml"].decode()
    boxes = re.findall(r"<x:Row>(\d+)</x:Row><x:Column>(\d+)</x:Column>", drawing)
    assert sorted(boxes) == [("0", "3"), ("1", "1"), ("1", "3"), ("8", "0")]
    assert len(set(re.findall(r"_x0000_s(\d+)", drawing))) == 4


def test_a_workbook_with_prefixed_names_is_copied_in_place(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", "one", "two")

    def prefixed(name: str, content: bytes) -> bytes:
        if name not in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
            return content
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content).replace(b"xmlns=", b"xmlns:x=")

    rezipped(path, prefixed)
    annotate(tmp_path / "copy.xlsx", one_file(path, [problem("a.xlsx", "S", 2, "A"), problem("a.xlsx", "S", 3, "C")]), "a.xlsx", EN)
    copy = load_workbook(tmp_path / "copy.xlsx")
    assert "as in the source" in copy["Findings"]["A3"].value
    assert [copy["S"][cell].fill.fgColor.rgb for cell in ("A2", "C3")] == [RED, RED]
    assert (copy["S"]["A1"].value, copy["S"]["A2"].comment is not None) == ("one", True)


def test_macros_stay(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsm", "x")
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    rezipped(path, lambda _, content: content.replace(plain, kind), {"xl/vbaProject.bin": b"\x00macro"})
    annotate(tmp_path / "copy.xlsm", one_file(path, [problem("a.xlsm", "S", 1, "A")]), "a.xlsm", EN)
    copy = parts(tmp_path / "copy.xlsm")
    assert copy["xl/vbaProject.bin"] == b"\x00macro"
    assert kind in copy["[Content_Types].xml"]


def test_a_sheet_gets_no_more_comments_than_a_program_can_open_and_says_so(tmp_path: Path) -> None:
    many = MOST_COMMENTS + 5
    path = book(tmp_path / "a.xlsx", *(["x"] * many))
    rows = [source_row("a.xlsx", "S", row, A="x") for row in range(1, many + 1)]
    problems = [problem("a.xlsx", "S", row, "A", "error" if row > 10 else "note") for row in range(1, many + 1)]
    annotate(tmp_path / "copy.xlsx", one_file(path, problems, rows), "a.xlsx", EN)
    copy = load_workbook(tmp_path / "copy.xlsx")
    coloured = [row for row in range(1, many + 1) if copy["S"].cell(row, 1).fill.fill_type]
    commented = [row for row in range(1, many + 1) if copy["S"].cell(row, 1).comment]
    assert (len(coloured), len(commented)) == (many, MOST_COMMENTS)
    assert set(coloured) - set(commented) == {6, 7, 8, 9, 10}
    notes = [copy["Findings"].cell(row, 1).value for row in range(1, 6)]
    assert "5 cells of the sheet S have a colour but no comment: a sheet gets 1,000 comments at most. All are listed here." in notes
    assert copy["Findings"].max_row >= many


def test_a_finding_about_a_column_stands_at_its_header_and_one_about_a_row_at_its_first_cell(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", "head", "x")
    rows = [source_row("a.xlsx", "S", 1, A="head"), source_row("a.xlsx", "S", 2, C="x")]
    problems = [problem("a.xlsx", "S", None, "A"), problem("a.xlsx", "S", 2, None), problem("a.xlsx", "S", None, None)]
    annotate(tmp_path / "copy.xlsx", one_file(path, problems, rows), "a.xlsx", EN)
    sheet = load_workbook(tmp_path / "copy.xlsx")["S"]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["A1", "C2"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\tx", "\r=x", "_x0041_", "a\x01b", "\ud800", "x" * 40_000, "<b>&", "]]>", "＝1"]
)
def test_hostile_texts_stay_texts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x", "utf-8")
    rows = [source_row("a.csv", "", 1, A=text, B="next")]
    found = one_file(path, [problem("a.csv", "", 1, "A", **{Problem.raw: text})], rows, sheet="")
    annotate(tmp_path / "copy.xlsx", found, "a.csv", EN)
    cell = load_workbook(tmp_path / "copy.xlsx")["a"]["A1"]
    assert cell.data_type == "s"
    assert not str(cell.value).startswith("_x005F") or text.startswith("_x")
    assert load_workbook(tmp_path / "copy.xlsx")["a"]["B1"].value == "next"
    assert len(cell.value) <= 32_767


def test_the_rows_of_a_copy_are_those_that_were_read(made: Made) -> None:
    sheet = load_workbook(made.folder / "annotated" / "outcomes.csv.xlsx")["outcomes"]
    for row in given_of(made).rows_of["outcomes.csv", ""]:
        for cell in row[SourceRow.cells]:
            assert sheet[f"{cell['letter']}{row[SourceRow.row]}"].value == cell["text"]


VML, OFFICE, EXCEL = (f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel"))


@pytest.mark.parametrize(
    "root", ["<xml>", f'<xml xmlns:v="{VML}">', f'<xml xmlns:v="{VML}" xmlns:o="{OFFICE}" xmlns:x="{EXCEL}">'], ids=["none", "one", "all"]
)
def test_boxes_are_drawn_whatever_names_the_drawing_declares(root: str) -> None:
    drawn = comments._with_boxes(f"{root}</xml>".encode(), [("B", 3)])
    shape = ElementTree.fromstring(drawn).find(f"{{{VML}}}shape")
    assert shape is not None
    assert shape.findtext(f"{{{EXCEL}}}ClientData/{{{EXCEL}}}Row") == "2"


def test_a_drawing_that_calls_something_else_by_our_names_is_left_alone() -> None:
    with pytest.raises(CannotPatch, match="unusual way"):
        comments._with_boxes(b'<xml xmlns:v="urn:else"></xml>', [("B", 3)])
