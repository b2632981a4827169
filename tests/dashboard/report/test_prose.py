"""Every number of the prose, read back out of the text and compared with the data, in three languages, whatever there is to say."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from dashboard.locale import speaker
from dashboard.query import prepared
from dashboard.query.named import named
from dashboard.report import brief, content, outline
from dashboard.report.content import Order
from dashboard.report.document import Document, Paragraph, Tiles
from dashboard.report.facts import Facts, Origin
from dashboard.report.house import House
from dashboard.report.prose import Prose
from dashboard.report.telling import YEAR
from dashboard.report.year import Year
from dashboard.snapshot import Snapshot
from dashboard.store import Store

#: Words only: no browser is needed.
WORDS = outline.of({"sections": ["summary", "geography", "fields", "partners", "agreements", "outcomes", "expiring", "data"]})
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f,]\d{3})*(?:[.,]\d+)?")


def numbers_in(paragraph: Paragraph) -> set[str]:
    """Return the numbers of a text as they are printed, those in names and dates left out."""
    text = paragraph.text
    for name in sorted(paragraph.names, key=len, reverse=True):
        text = text.replace(name, " ")
    return set(_NUMBER.findall(text))


def value_of(shown: str, language: str) -> float:
    """Return the number that ``shown`` prints in a language."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", shown)
    return float(plain.replace(",", ".") if language == "ru" else plain.replace(",", ""))


@pytest.fixture(scope="module", params=[2024, 2026, 2005, 1984, 1950], ids=["usual", "open", "sparse", "first", "before all"])
def told(snapshot: Snapshot, language: str, request: pytest.FixtureRequest) -> Document:
    return content.report(snapshot, Order(request.param, language, WORDS), House())


def test_every_number_of_the_prose_is_accounted_for_and_no_other_stands_there(told: Document) -> None:
    for paragraph in told.paragraphs():
        if paragraph.numbers or paragraph.style != "bullet":
            assert numbers_in(paragraph) == {number.shown for number in paragraph.numbers}, paragraph.text


def test_every_number_read_back_is_the_number_of_the_data(told: Document, snapshot: Snapshot) -> None:
    with snapshot.cursor() as cursor:
        facts = Facts(cursor, snapshot.as_of)
        found = [number for paragraph in told.paragraphs() for number in paragraph.numbers]
        found += [tile.number for block in told.blocks() if isinstance(block, Tiles) for tile in block.tiles]
        assert found
        for number in found:
            again = number.value if number.origin.question == YEAR else facts.resolve(number.origin)
            assert value_of(number.shown, told.language) == number.value == again, number


def test_no_placeholder_and_no_english_is_left_in_another_language(told: Document) -> None:
    for paragraph in told.paragraphs():
        assert "{" not in paragraph.text and "}" not in paragraph.text
        text = paragraph.text
        for name in sorted(paragraph.names, key=len, reverse=True):
            text = text.replace(name, "")
        if told.language != "en":
            assert not re.search(r"\b(the|of|and|is|are|in)\b", text), paragraph.text


@pytest.fixture(scope="module")
def tables(data: Path) -> dict[str, pd.DataFrame]:
    """The published tables, read without the dashboard."""
    folder = data / "snapshots" / (data / "current").read_text("utf-8").strip()
    return {path.stem: pq.read_table(path).to_pandas() for path in folder.glob("*.parquet")}


@pytest.mark.parametrize("year", [2011, 2023, 2024])
def test_the_facts_of_a_year_equal_a_count_of_the_published_tables(snapshot: Snapshot, tables: dict[str, pd.DataFrame], year: int) -> None:
    agreements, home = tables["agreement"], tables["run"]["home_country_code"].iloc[0]
    dated = agreements[agreements["signed_year"].notna() & (agreements["signed_year"] <= year)]
    outcomes = tables["outcome"][~tables["outcome"]["is_planned"]]
    links = tables["agreement_country"]
    links = links[links["is_accepted"] & (links["country_code"] != home)].merge(dated[["agreement_id", "signed_year"]])
    first = links.groupby("country_code")["signed_year"].min()
    asked = Year(year, snapshot.as_of)
    with snapshot.cursor() as cursor:
        facts = Facts(cursor, snapshot.as_of)
        found = {
            "signed": facts.one("agreements", asked.within()).value, "until": facts.one("agreements", asked.up_to()).value,
            "outcomes": facts.one("outcomes", asked.within()).value, "news": facts.one("news", asked.within()).value,
            "countries": facts.one("countries", asked.up_to()).value, "new": facts.one("countries", asked.up_to(), str(year)).value,
            "China": facts.one("agreement_countries", asked.up_to(), "CHN").value,
        }  # fmt: skip
    assert found == {
        "signed": (agreements["signed_year"] == year).sum(), "until": len(dated), "outcomes": (outcomes["happened_year"] == year).sum(),
        "news": (tables["news"]["published_year"] == year).sum(), "countries": len(first), "new": (first == year).sum(),
        "China": links[links["country_code"] == "CHN"]["agreement_id"].nunique(),
    }  # fmt: skip


def test_a_year_that_is_not_over_is_not_compared(snapshot: Snapshot) -> None:
    said = _of(snapshot, 2026, "en")
    assert said["came"].endswith("dated 2026 so far.")
    assert "2025" not in said["signed"] + said["came"]


CASES = [
    # language, number, what the sentence must be
    ("en", 1, "1 agreement was signed in 2024"),
    ("en", 2, "2 agreements were signed in 2024"),
    ("ru", 1, "В 2024 году подписано 1 соглашение"),
    ("ru", 3, "В 2024 году подписаны 3 соглашения"),
    ("ru", 5, "В 2024 году подписано 5 соглашений"),
    ("ru", 21, "В 2024 году подписано 21 соглашение"),
    ("ru", 112, "В 2024 году подписано 112 соглашений"),
    ("zh", 1, "2024年签署1份协议"),
    ("zh", 12, "2024年签署12份协议"),
]


class Counted(Facts):
    """Facts of one number, whatever is asked."""

    def __init__(self, now: int, before: int) -> None:
        self.as_of = "2026-11-22"
        self._numbers = {"?since=2024&until=2024": now, "?since=2023&until=2023": before}

    def all(self, question, selection=None):  # type: ignore[no-untyped-def]
        return {"": self._numbers.get(selection.to_query() if selection else "", 0)}


@pytest.mark.parametrize(("language", "n", "sentence"), CASES, ids=[f"{language}-{n}" for language, n, _ in CASES])
def test_a_number_takes_the_form_that_its_language_wants(language: str, n: int, sentence: str) -> None:
    said = Prose(Counted(n, n + 1), Year(2024, "2026-11-22"), speaker(language), lambda _, code: code).signed().text
    assert said.startswith(sentence)


COMPARED = [
    (5, 11, "5 agreements were signed in 2024, 6 fewer than in 2023 (11)."),
    (11, 5, "11 agreements were signed in 2024, 6 more than in 2023 (5)."),
    (5, 5, "5 agreements were signed in 2024, as many as in 2023."),
    (0, 3, "No agreement is dated 2024; in 2023 it was 3."),
    (0, 0, "No agreement is dated 2024, nor is any dated 2023."),
    (1, 0, "1 agreement was signed in 2024, 1 more than in 2023 (0)."),
]


@pytest.mark.parametrize(("now", "before", "sentence"), COMPARED)
def test_a_year_is_compared_with_the_one_before_in_words_that_are_true(now: int, before: int, sentence: str) -> None:
    assert Prose(Counted(now, before), Year(2024, "2026-11-22"), speaker("en"), lambda _, code: code).signed().text == sentence


def _of(snapshot: Snapshot, year: int, language: str) -> dict[str, str]:
    with snapshot.cursor() as cursor:
        prose = Prose(Facts(cursor, snapshot.as_of), Year(year, snapshot.as_of), speaker(language), lambda _, code: code)
        return {"signed": prose.signed().text, "came": prose.came().text, "state": " ".join(each.text for each in prose.state())}


def _small(folder: Path, publish, agreements: int) -> Snapshot:  # type: ignore[no-untyped-def]
    publish(folder, agreements=agreements)
    found = Store(folder, prepared.prepare).snapshot()
    assert found is not None
    return found


@pytest.mark.parametrize("agreements", [0, 1, 3])
def test_of_nothing_one_or_few_no_share_is_told_and_nothing_is_ranked(tmp_path: Path, publish, agreements: int) -> None:  # type: ignore[no-untyped-def]
    small = _small(tmp_path, publish, agreements)
    for language in ("en", "ru", "zh"):
        document = content.report(small, Order(2020, language, outline.read()), House())
        text = "\n".join(each.text for each in document.paragraphs() if each.style != "note")
        assert "%" not in text
    assert ("too few to rank" in _english(small)) == (agreements > 0)


def _english(snapshot: Snapshot) -> str:
    return "\n".join(each.text for each in content.report(snapshot, Order(2020, "en", outline.read()), House()).paragraphs())


def test_an_origin_spells_itself_so_that_a_reader_of_the_file_can_ask_again() -> None:
    both = Origin("difference", of=(Origin("agreements", "?since=2024&until=2024"), Origin("agreements", "?since=2023&until=2023")))
    assert str(both) == "difference(agreements?since=2024&until=2024,agreements?since=2023&until=2023)"
    assert str(Origin("agreement_countries", "?until=2024", "CHN")) == "agreement_countries?until=2024#CHN"


def test_names_are_all_asked_at_once(snapshot: Snapshot) -> None:
    with snapshot.cursor() as cursor:
        assert named(cursor, "country")["CHN"]["name_ru"] == "Китай"


GUESTS = [("country", "CHN"), ("country", "DEU"), ("partner", "org-tum")]


@pytest.mark.parametrize(("kind", "code"), GUESTS)
def test_every_number_of_a_brief_is_accounted_for(snapshot: Snapshot, kind: brief.Guest, code: str, language: str) -> None:
    document = brief.brief(snapshot, kind, code, language, House())
    with snapshot.cursor() as cursor:
        facts = Facts(cursor, snapshot.as_of)
        for paragraph in document.paragraphs():
            assert numbers_in(paragraph) == {number.shown for number in paragraph.numbers}, paragraph.text
            for number in paragraph.numbers:
                assert number.origin.question == YEAR or facts.resolve(number.origin) == number.value


def test_a_brief_on_somebody_unknown_names_who_is_spelt_alike(snapshot: Snapshot) -> None:
    with pytest.raises(brief.NoSuchGuest, match=r"Did you mean org-tum \(Technical University of Munich\)"):
        brief.brief(snapshot, "partner", "org-tun", "en", House())
    with pytest.raises(brief.NoSuchGuest) as error:
        brief.brief(snapshot, "country", "XXX", "en", House())
    assert "XXX" in error.value.said(speaker("zh"))


def test_a_year_after_that_of_the_data_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(content.NoSuchYear, match="2031 has not begun"):
        content.report(snapshot, Order(2031, "en", WORDS), House())
