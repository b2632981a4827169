"""The report: whole, escaped, without a script and without a request."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from etl.publish.report import write_report
from etl.tables import Problem, Review, Run, SourceFile
from etl.words.say import speaker

from .conftest import Made, given_of, problem

RU = speaker("ru")


class Page(HTMLParser):
    """The tags, the addresses and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action", "srcset")]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page(made: Made, name: str) -> Page:
    return Page((made.folder / name).read_text("utf-8"))


@pytest.mark.parametrize("name", ["quality.html", "quality.ru.html"])
def test_it_needs_nothing_from_outside(made: Made, name: str) -> None:
    found = page(made, name)
    assert not {"script", "iframe", "img", "link", "object", "form"} & set(found.tags)
    assert found.open == []
    for link in found.links:
        assert link.startswith("#") or (made.folder / unquote(link)).is_file(), link
    assert "default-src 'none'" in (made.folder / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("quality.html", ["What was understood of the spreadsheets", "A country was not understood", "E4", "soon", "column J", "Phone",
                          "1 file was refused as a whole.", "Nothing to do", "Row 6 is hidden and counted as any other."]),
        ("quality.ru.html", ["Что удалось прочитать в таблицах", "Страна не понята", "E4", "soon", "столбец J", "1 файл не принят целиком.",
                             "Файл оборван или повреждён. Скопируйте его заново из источника.", "неизвестный заголовок",
                             "Строка 6 скрыта, но учтена наравне с остальными."]),
    ],
)  # fmt: skip
def test_it_says_what_was_read_and_what_was_not(made: Made, name: str, texts: list[str]) -> None:
    whole = "\n".join(page(made, name).texts)
    missing = [text for text in texts if text not in whole]
    assert missing in ([], ["Nothing to do"])


def test_the_rows_add_up(made: Made) -> None:
    run = made.refresh.run
    numbers = [run[name] for name in (Run.rows, Run.loaded, Run.merged, Run.quarantined, Run.not_data)]
    read, *parts = numbers
    assert read == sum(parts)
    assert "Rows read {} = loaded {} + merged {} + refused {} + without data {}.".format(*numbers) in "".join(
        page(made, "quality.html").texts
    )


def test_every_text_of_a_source_is_escaped(made: Made, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'&\u202e\x00\ud800</td></table>"
    told = [problem(hostile, hostile, 3, "A", severity, **{Problem.raw: hostile, Problem.message: hostile, Problem.code: "bad_date"})
            for severity in ("error", "warning", "note")]  # fmt: skip
    asked = {
        Review.id: "q",
        Review.kind: "news",
        Review.subject: hostile,
        Review.question: hostile,
        Review.candidates: [hostile],
        Review.cells: 1,
    }
    given = given_of(made, problems=told, reviews=[asked])
    files = [*given.files, {**given.files[0], SourceFile.name: hostile, SourceFile.verdict: "refused", SourceFile.message: hostile}]
    path = tmp_path / "q.html"
    write_report(path, given_of(made, problems=told, reviews=[asked], files=files), RU, "q.xlsx", {hostile: f"annotated/{hostile}"}, {})
    found = Page(path.read_text("utf-8"))
    assert "img" not in found.tags
    assert found.open == []
    assert "<img src=x onerror=alert(1)>\"'&\ufffd\ufffd\ufffd</td></table>" in "".join(found.texts)
    assert "\u202e" not in path.read_text("utf-8")


def test_thousands_of_findings_of_a_kind_are_counted_and_the_first_shown(made: Made, tmp_path: Path) -> None:
    told = [problem("agreements.xlsx", "Реестр 2024", row, "E", "warning") for row in range(2, 5002)]
    write_report(tmp_path / "q.html", given_of(made, problems=told), RU, "q.xlsx", {}, {})
    whole = (tmp_path / "q.html").read_text("utf-8")
    assert "и ещё 4\xa0900 того же вида" in whole
    assert len(whole) < 200_000


def test_the_other_language_is_one_click_away(made: Made) -> None:
    assert "quality.ru.html" in page(made, "quality.html").links
    assert "quality.html" in page(made, "quality.ru.html").links
