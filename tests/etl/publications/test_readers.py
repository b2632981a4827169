"""Every format as its database exports it; all works here are generated."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import RefusedFile, Unreadable
from etl.pipeline.publications import exports
from etl.publications import lines, openalex, tabular, tagged
from etl.publications.bibtex import bibtex
from etl.publications.entry import Address, Entry
from etl.publications.formats import Export, sniff
from etl.publications.reader import _entries
from etl.publications.work import work


def numbered(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.splitlines(keepends=True), 1))


SCOPUS = '"Authors","Title","Year","Source title","Page start","DOI","Affiliations","Author Keywords","Document Type","EID"\n'
WOS = "PT\tAU\tTI\tSO\tDT\tC1\tC3\tPY\tPD\tDI\tWC\tUT\n"
FORMATS = [
    ("scopus_csv", SCOPUS, "comma"),
    ("scopus_csv", "Authors;Title;Year;Source title;EID\n", "saved with semicolons by a program"),
    ("wos_tab", WOS, "tabs"),
    ("wos_text", "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI A\nER\n\nEF", "plain text"),
    ("openalex_csv", "id,doi,display_name,publication_year,type\n", "as the web page exports it"),
    ("openalex_jsonl", '{"id":"https://openalex.org/W1","title":"A"}\n{"id":"https://openalex.org/W2"}\n', "one object a line"),
    ("openalex_json", '{"meta":{"count":1},"results":[{"id":"https://openalex.org/W1"}]}', "a page of the API"),
    ("openalex_json", '[\n {"id":"https://openalex.org/W1"}]', "a list"),
    ("openalex_json", '{\n  "id": "https://openalex.org/W1"\n}', "one work, printed nicely"),
    ("bibtex", "% comment\n@string{a = {b}}\n@article{k, title={A}}\n", "after a comment"),
    ("ris", "\n\nTY  - JOUR\nER  - \n", "after empty lines"),
    ("", "Agreement ID,Title,Partner,Country\nAGR-1,A,B,C\n", "a register is none"),
    ("", "Title,Year,Country\nPaper,2020,China\n", "a list of outcomes is none"),
    ("", '{"name": "settings"}', "any JSON is none"),
    ("", "Dear colleagues,\nwrite to me@example.org {soon}\n", "a letter is none"),
    ("", "", "nothing is none"),
]


@pytest.mark.parametrize(("code", "text", "why"), FORMATS, ids=[why for *_, why in FORMATS])
def test_an_export_is_told_by_its_content(code: str, text: str, why: str) -> None:
    assert sniff(text)[0] == code


def test_exports_are_found_wherever_they_stand_and_registers_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "publications").mkdir()
    (tmp_path / "publications" / "list.bib").write_text("@article{k, title={A}}")
    (tmp_path / "savedrecs.txt").write_bytes(WOS.encode("utf-16"))
    (tmp_path / "works.jsonl.gz").write_bytes(gzip.compress(b'{"id":"https://openalex.org/W1"}\n'))
    (tmp_path / "agreements.csv").write_text("Agreement ID,Title,Partner\n")
    (tmp_path / "left.ris").write_text("TY  - JOUR\nER  - \n")
    (tmp_path / "sources.yaml").write_text("left.ris: {ignore: true}\n")
    (tmp_path / "link.ris").symlink_to(tmp_path / "left.ris")
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "x.ris").write_text("TY  - JOUR\nER  - \n")
    assert [(each.name, each.format) for each in exports(tmp_path)] == [
        ("publications/list.bib", "bibtex"), ("savedrecs.txt", "wos_tab"), ("works.jsonl.gz", "openalex_jsonl"),
    ]  # fmt: skip


def csv_entries(text: str) -> list[Entry]:
    return list(tabular.Table().entries(tabular.quoted(numbered(text), ","), {"title", "affiliations", "year", "eid"}))


def test_a_line_break_and_a_quote_in_a_cell_are_part_of_it() -> None:
    (entry,) = csv_entries(SCOPUS + '"A","Two\nlines of ""text""","2020","J","1","","","","Article","2-s2.0-1"\n')
    assert (entry.number, entry.line, entry.fields["Title"], entry.fields["EID"]) == (2, 2, 'Two\nlines of "text"', "2-s2.0-1")


def test_a_quote_that_is_never_closed_costs_its_own_row_only() -> None:
    good = '"A","Title {}","2020","J","1","","","","Article","2-s2.0-{}"\n'
    entries = csv_entries(SCOPUS + good.format(1, 1) + '"B","Broken,"2020","J"\n' + good.format(2, 2) + good.format(3, 3))
    assert [entry.fields.get("Title") for entry in entries if not entry.fault] == ["Title 1", "Title 2", "Title 3"]
    assert [(entry.number, entry.line) for entry in entries if entry.fault] == [(3, 3)]


def test_a_row_cut_off_is_a_fault() -> None:
    whole, cut = csv_entries(SCOPUS + '"A","T","2020","J","1","","","","Article","E"\n"B","T2"')
    assert not whole.fault and "2 cells" in cut.fault


def test_web_of_science_means_nothing_by_a_quote() -> None:
    text = (
        WOS + 'J\tIvanov, I\tThe "so-called\tJ\tArticle\t\t\t2020\t\t\tX\tWOS:1\n' + "J\tB\tSecond\tJ\tArticle\t\t\t2021\t\t\tX\tWOS:2\t\n"
    )
    table = tabular.Table()
    entries = list(table.entries(tabular.tabbed(numbered(text)), {"ti", "ut"}))
    assert [entry.fields for entry in entries] == [{"TI": 'The "so-called', "UT": "WOS:1"}, {"TI": "Second", "UT": "WOS:2"}]
    assert table.filled[2] == 2


def test_plain_text_of_web_of_science_folds_lines_and_keeps_addresses_apart() -> None:
    text = "FN X\nVR 1.0\nPT J\nAU A\n   C, D\nTI One\n   title\nC1 [A, B] Univ A, Graz, Austria.\n"
    text += "   [C, D] Univ B, Rome, Italy.\nPY 2020\nER\n\nPT J\nTI Cut"
    whole, cut = tagged.wos_text(numbered(text))
    found = work(whole, "wos_text", 2027)
    assert (found.title, found.surnames, found.year) == ("One title", (), 2020)
    assert [each.text for each in found.addresses] == ["Univ A, Graz, Austria", "Univ B, Rome, Italy"]
    assert "cut off" in cut.fault


def test_ris_keeps_every_address_and_names_what_does_not_end() -> None:
    text = "Provider: X\nTY  - JOUR\nTI  - One\nPY  - 2020/05/14/\nAD  - Univ A, Graz, Austria\nAD  - Univ B, Rome, Italy\n"
    text += "DO - 10.1000/x\nER  - \nTY  - JOUR\nTI  - Two\nTY  - CONF\nTI  - Three\nER  - \n"
    one, two, three = tagged.ris(numbered(text))
    found = work(one, "ris", 2027)
    assert (found.doi, found.happened, [each.text for each in found.addresses]) == (
        "10.1000/x", "2020-05-14", ["Univ A, Graz, Austria", "Univ B, Rome, Italy"],
    )  # fmt: skip
    assert (two.line, bool(two.fault), work(three, "ris", 2027).kind) == (9, True, "proceedings")


def test_bibtex_reads_latex_and_abbreviations_and_loses_only_the_bad_entry() -> None:
    text = (
        '@string{jp = "Journal of Physics"}\n@comment{x}\n'
        '@article{a, title={{F}atigue in {\\"O}sterreich \\& steel}, journal=jp, year=2020,'
        ' author={M\\"uller, K.}, doi={10.1000/a\\_b}}\n@article{b, title={open\n\n@book{c, title = "Fine", year = {2019}, title={twice}}\n'
    )
    one, bad, last = bibtex(numbered(text))
    found = work(one, "bibtex", 2027)
    assert (found.title, found.venue, found.doi, found.surnames) == (
        "Fatigue in Österreich & steel",
        "Journal of Physics",
        "10.1000/a_b",
        ("muller",),
    )
    assert (bad.line, "closing brace" in bad.fault) == (4, True)
    assert (work(last, "bibtex", 2027).title, last.number) == ("Fine", 3)


def test_json_lines_lose_only_the_bad_line() -> None:
    good = json.dumps({"id": "https://openalex.org/W1", "title": "A", "publication_year": 2020})
    entries = list(openalex.jsonl(numbered(f"{good}\nnot json\n[]\n{good}\n" + good[:20])))
    assert [bool(entry.fault) for entry in entries] == [False, True, True, False, True]
    assert "cut off" in entries[-1].fault


@pytest.mark.parametrize("indent", [None, 1])
def test_pages_of_the_api_are_read_object_by_object(indent: int | None) -> None:
    page = {
        "meta": {"count": 2, "page": 1},
        "results": [{"id": "https://openalex.org/W1", "title": "A"}, {"id": "W2", "title": "B"}],
        "group_by": [],
    }
    text = json.dumps(page, indent=indent)
    assert [entry.fields["title"] for entry in openalex.document(numbered(text))] == ["A", "B"]
    cut = list(openalex.document(numbered(text[: text.index('"B"')])))
    assert [bool(entry.fault) for entry in cut] == [False, True]


LOST = [
    # authorships                                                        addresses               lost                  why
    ([None, {"institutions": [{"display_name": "Univ A"}]}], ["Univ A"], "authorships (1)", "an authorship is null"),
    ([{"institutions": [None, {"display_name": "Univ A"}, 7]}], ["Univ A"], "institutions (2)", "institutions are null"),
    ([{"author": "A", "raw_affiliation_strings": [None, "Univ A"]}], ["Univ A"], "author (1), raw_affiliation_strings (1)", "texts"),
    (
        [{"institutions": [{"display_name": [], "ror": {}}, {"display_name": "Univ A"}]}],
        ["Univ A"],
        "display_name (1), ror (1)",
        "names",
    ),
    ([{"countries": [None]}], [], "countries (1)", "a country is null"),
    ("none", [], "authorships (1)", "no list"),
    (None, [], "", "nothing there is nothing lost"),
    ([{"author": None, "institutions": None, "countries": None}], [], "", "null instead of a part is nothing lost"),
]


@pytest.mark.parametrize(("people", "places", "lost", "why"), LOST, ids=[why for *_, why in LOST])
def test_of_a_work_of_openalex_what_is_readable_is_kept(people: object, places: list[str], lost: str, why: str) -> None:
    (entry,) = openalex.jsonl([(1, json.dumps({"id": "W1", "title": "A", "authorships": people}))])
    assert (entry.fault, entry.lost, [each.text for each in entry.addresses]) == ("", lost, places)
    assert work(entry, "openalex_jsonl", 2027).title == "A"


def test_institutions_of_openalex_keep_country_and_ror() -> None:
    people = [
        {"author": {"display_name": "A"}, "institutions": [{"display_name": "Univ A", "ror": "https://ror.org/1", "country_code": "AT"}]},
        {"author": {"display_name": "B"}, "institutions": [], "raw_affiliation_strings": ["Univ B,\u00a0 Rome"], "countries": ["IT"]},
        {"author": {"display_name": "C"}, "institutions": None, "countries": ["FR", "DE"]},
    ]
    (entry,) = openalex.jsonl([(1, json.dumps({"id": "W1", "title": "A", "authorships": people}))])
    assert entry.addresses == (
        Address("Univ A", "AT", "https://ror.org/1"),
        Address("Univ B, Rome", "IT"),
        Address("", "FR"),
        Address("", "DE"),
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"Year": "2020"}, "no title"), ({"Title": "…", "Year": "2020"}, "no title"), ({"Title": "A", "Year": "in press"}, "no year"),
     ({"Title": "A", "Year": "3023"}, "no year")],
)  # fmt: skip
def test_what_is_no_publication_is_refused(fields: dict[str, str], reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        work(Entry(2, 2, fields), "scopus_csv", 2027)


def test_a_work_without_a_year_is_read() -> None:
    found = work(Entry(2, 2, {"Title": "A"}), "scopus_csv", 2027)
    assert (found.year, found.happened) == (0, "")


def test_a_damaged_archive_gives_its_lines_and_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl.gz"
    # Lines that do not compress, so that the cut falls within them.
    content = "".join(f"{n * 7919 % 10007:x}{n * 104729 % 1000003:x}\n" for n in range(20_000)).encode()
    path.write_bytes(gzip.compress(content)[:-4000])
    read = []
    with pytest.raises(lines.DAMAGE):
        read.extend(number for number, _ in lines.lines(path, "utf-8"))
    assert lines.sample(path)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 100)
    (tmp_path / "a.csv").write_text("x" * 1000)
    with pytest.raises(RefusedFile):
        list(lines.lines(tmp_path / "a.csv", "utf-8"))


SAMPLES = {
    "scopus_csv": SCOPUS + '"A","T ""x""","2020","J","1","","Univ A, Graz, Austria","","Article","E"\n',
    "wos_tab": WOS + "J\tA\tT\tJ\tArticle\t[A] Univ A, Graz, Austria\tUniv A\t2020\tMAY\t10.1000/a\tX\tWOS:1\n",
    "wos_text": "FN X\nPT J\nAU A\n   B\nTI T\nC1 [A] U, Graz, Austria.\nPY 2020\nER\n",
    "openalex_jsonl": '{"id":"W1","title":"T","authorships":[{"institutions":[{"display_name":"U","country_code":"AT"}]}]}\n',
    "openalex_json": '{"results":[{"id":"W1","title":"T","publication_year":2020},{"id":"W2"}]}',
    "bibtex": '@string{a="b"}\n@article{k, title={T {\\"o}}, year=2020, journal=a # "c"}\n',
    "ris": "TY  - JOUR\nTI  - T\nAD  - U, Graz, Austria\nKW  - a\nER  - \n",
}
SIGNS = ["{", "}", '"', "\n", "\t", "@article{", "TY  - ", "ER  - ", "[", "]", ",", "#", "\\", "null", "\x00", "\ud800", "é"]


@pytest.mark.parametrize("code", SAMPLES)
@given(cuts=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 30), st.sampled_from(SIGNS)), max_size=6))
def test_a_damaged_export_is_read_or_refused_and_never_a_crash(code: str, cuts: list[tuple[int, int, str]]) -> None:
    text = SAMPLES[code] * 2
    for at, length, piece in cuts:
        text = text[:at] + piece + text[at + length :]
    export = Export(Path("x"), "x", 0, code, "utf-8", "utf-8")
    with suppress(RefusedFile):
        for number, entry in enumerate(_entries(export, numbered(text.encode("utf-8", "replace").decode()), tabular.Table()), 1):
            assert entry.number in (number, number + 1)
            with suppress(Unreadable):
                found = work(entry, code, 2027)
                "".join((found.title, found.venue, *found.keywords, *(each.text for each in found.addresses))).encode()
