"""The rows that one pattern reads are what the parser would give of them, and the parser sees all that is not plain."""

from __future__ import annotations

import random

import pytest

from etl.cells import Line
from etl.errors import RefusedFile
from etl.read import plain, xml
from etl.read.formats import Format
from etl.read.grid import Grid
from etl.read.plain import PlainRows
from etl.read.sheet import SheetPass

STRINGS = ["Graz", "=1+1", " ", "two\nlines", ""]
FORMATS = [Format(), Format("day"), Format("month"), Format(digits=4)]
HEAD = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="urn:x"><sheetData>'
TAIL = "</sheetData></worksheet>"


def read(text: str, *, block: int = 1000, plainly: bool = True) -> tuple[Grid, int]:
    """Return the sheet, and how many rows were read by the pattern."""
    sheet = SheetPass(STRINGS, FORMATS, False, 10_000)
    data = text.encode("utf-8", "surrogatepass")
    blocks = [data[at : at + block] for at in range(0, len(data), block)]
    xml.feed(sheet.parser, PlainRows(sheet.value, sheet.take).rest(blocks) if plainly else blocks)
    grid = sheet.grid()
    return grid, sum(isinstance(cells, Line) for cells in grid.rows.values())


def outcome(text: str, *, block: int = 1000, plainly: bool = True) -> object:
    try:
        grid, _ = read(text, block=block, plainly=plainly)
    except RefusedFile as error:
        return error.code
    except Exception as error:
        return type(error)
    return [(row, list(cells)) for row, cells in grid.rows.items()], grid.hidden_rows, grid.merges


PLAIN = [
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>44256</v></c><c r="C1" s="1"><v>44256</v></c></row>',
    '<row r="2" spans="1:3" ht="12.5" customHeight="1" x14ac:dyDescent="0.25"><c r="A2" t="inlineStr"><is><t>Грац</t></is></c></row>',
    '<row r="3" hidden="1"><c r="A3" t="str"><v>a_x000D_b</v></c><c r="AA3" t="b"><v>1</v></c></row>',
    '<row r="4"><c r="A4" s="2"/><c r="B4" t="e"><v>#N/A</v></c><c r="C4" s="3" t="n"><v>7</v></c></row>',
    '<row r="5"><c r="A5" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c><c r="B5"></c></row>',
    '<row r="7"><c r="A7" t="inlineStr"><is><t>R&amp;D</t></is></c></row>',
    '<row r="21"><c r="A21" t="inlineStr"><is><t>&#1043;&#x440;&#1072;&#x446;</t></is></c><c r="B21" t="s"><v>&#48;</v></c></row>',
    '<row r="22"><c r="A22" t="str"><v>&lt;row&gt; &#60;/c&gt;&apos;&#13;&#10;x&#38;amp;</v></c><c r="B22"><v>&#52;2</v></c></row>',
]
ODD = [
    '<row r="6"><c r="A6"><f>1+1</f><v>2</v></c><c r="B6" t="s"><v>1</v></c></row>',
    '<row r="8"><c r="B8" t="s"><v>0</v></c><c r="A8" t="s"><v>1</v></c></row>',
    '<row><c t="s"><v>0</v></c></row>',
    '<row r="9"/>',
    '<row r="10"><c r="A10" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>',
    "<row r='11'><c r='A11'><v>1</v></c></row>",
    '<row r="12"><c r="A12"><v>1</v></c>\n</row>',
    '<row r="13"><c r="A13" cm="1"><v>1</v></c></row>',
    '<row r="14"><c r="A14"><f>NOW()</f></c></row>',
    '<row r="15"><!-- <c r="A15"><v>1</v></c> --><c r="B15"><v>2</v></c></row>',
    '<row r="16"><c r="A16" t="inlineStr"><is><t><![CDATA[x<y]]></t></is></c></row>',
    '<row r="3"><c r="D3"><v>4</v></c></row>',
    '<row r="23"><c r="A23" t="str"><v>&#57344; &#xE000;</v></c><c r="B23" t="str"><v>R&amp;D</v></c></row>',
    '<row r="24"><c r="A24"><v>1</v></c>&amp;</row>',
    '<row r="25" x="&amp;"><c r="A25"><v>1</v></c></row>',
]
WRONG = [
    '<row r="17"><c r="A17" t="str"><v>&bogus;</v></c><c r="B17" t="str"><v>R&amp;D</v></c></row>',
    '<row r="17"><c r="A17" t="str"><v>&#0;</v></c></row>',
    '<row r="17"><c r="A17" t="str"><v>&#xFFFE;</v></c></row>',
    '<row r="17"><c r="A17" t="str"><v>a & b</v></c></row>',
    '<row r="17"><c r="A17"><v>1</v></c>&bogus;</row>',
    '<row r="17"><c r="A18"><v>1</v></c></row>',
    '<row r="17"><c r="A17" t="s"><v>99</v></c></row>',
    '<row r="17"><c r="XFE17"><v>1</v></c></row>',
    '<row r="0"><c r="A0"><v>1</v></c></row>',
    '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
    '<row r="17"><c r="A17"><v>1</v></row>',
    '<row r="17"><c r="A17" r="A17"><v>1</v></c></row>',
    '<row r="17"><c r="A17" t="str"><v>\x01</v></c></row>',
    '<row r="17"><c r="A17" t="str"><v>\ufffe</v></c></row>',
    '<row r="17"><c r="A17" t="str"><v>\ud800</v></c></row>',
    '<row r="17"><c r="A17"><v>1</v></c><c r="A17"><v>2</v></c></row>',
    '<row r="17"><c r="A17"><v>1</v></c></row></sheetData><!DOCTYPE x>',
]


@pytest.mark.parametrize("row", PLAIN)
def test_a_plain_row_is_read_by_the_pattern_as_the_parser_reads_it(row: str) -> None:
    grid, taken = read(HEAD + row + TAIL)
    assert taken == len(grid.rows) == 1
    assert outcome(HEAD + row + TAIL) == outcome(HEAD + row + TAIL, plainly=False)


@pytest.mark.parametrize("row", [*ODD, *WRONG])
def test_what_is_not_plain_has_the_fate_that_the_parser_gives_it(row: str) -> None:
    text = HEAD + "".join(PLAIN) + row + '<row r="20"><c r="A20"><v>5</v></c></row>' + TAIL
    assert outcome(text) == outcome(text, plainly=False)


@pytest.mark.parametrize("row", WRONG)
def test_a_wrong_row_is_refused(row: str) -> None:
    assert not isinstance(outcome(HEAD + row + TAIL), tuple)


@pytest.mark.parametrize("seed", range(150))
def test_rows_in_any_order_and_blocks_of_any_size_give_the_same(seed: int) -> None:
    draw = random.Random(seed)
    rows = [draw.choice(PLAIN + ODD) for _ in range(draw.randrange(12))]
    if draw.random() < 0.3:
        rows.insert(draw.randrange(len(rows) + 1), draw.choice(WRONG))
    text = HEAD + draw.choice(["", "\n"]).join(rows) + TAIL
    if draw.random() < 0.3:
        text = text[: draw.randrange(len(text))]
    assert outcome(text, block=draw.choice([7, 50, 1000, 100_000])) == outcome(text, plainly=False)


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>',
        "<!DOCTYPE x><worksheet><sheetData>",
        '<x:worksheet xmlns:x="urn:x"><x:sheetData>',
        "<worksheet><!-- <sheetData> --><sheetData>",
    ],
)
def test_a_sheet_that_begins_in_another_way_is_left_to_the_parser(head: str) -> None:
    assert outcome(head + "".join(PLAIN) + TAIL) == outcome(head + "".join(PLAIN) + TAIL, plainly=False)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("together", [1, 2_000])
def test_two_processes_read_what_one_reads(seed: int, together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(seed)
    rows = [draw.choice(PLAIN + ODD) for _ in range(40)] + ([draw.choice(WRONG)] if seed % 3 == 0 else [])
    text = HEAD + "".join(rows) + TAIL
    slowly = outcome(text, plainly=False)
    monkeypatch.setattr(plain, "_WORTH_TWO", 1)
    monkeypatch.setattr(plain, "_TOGETHER", together)
    assert outcome(text, block=300) == slowly


def test_a_text_that_is_missing_is_told_with_its_row() -> None:
    rows = PLAIN[0] + '<row r="17"><c r="A17" t="s"><v>99</v></c></row>' + PLAIN[1]
    with pytest.raises(RefusedFile, match="row 17 points to a text that is missing"):
        read(HEAD + rows + TAIL)
