from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.words import AGREEMENTS, NEWS
from dashboard.filters import Selection
from dashboard.locale import LANGUAGES, catalogue, speaker
from dashboard.pages import Context, Page, chain, counted, partners
from dashboard.pages.registry import PAGES
from dashboard.query import registers
from tests.dashboard.query.sample import served

DB = duckdb.DuckDBPyConnection
AS_OF = "2026-11-22"
EN = speaker("en")
IDS = {
    "/countries/<id>": ("CHN", "SGP", "nowhere"),
    "/fields/<id>": ("2.5", "2", "9.9"),
    "/partners/<id>": ("org-tub", "org-net", "org-cas", "nobody"),
    "/agreements/<id>": ("AGR-SEED", "A5", "A4", "nothing/at <all>"),
    "/outcomes/<id>": ("O1", "O2", "O4", "nothing"),
    "/news/<id>": ("N1", "N3", "N4", "nothing"),
}
SELECTIONS = (
    Selection(),
    Selection(counting="fractional"),
    Selection(countries=("CHN",), since=2022),
    Selection(fields=("2",), outcomes=("joint_lab",)),
    Selection(countries=("ZZZ",)),
)
CASES = [(page, id_) for page in PAGES for id_ in IDS.get(page.path, ("",))]


def drawn(db: DB, page: Page, id_: str = "", selection: Selection | None = None, language: str = "en") -> Component:
    path = page.path.replace("<id>", id_)
    return page.draw(Context(served(db), "test", AS_OF, selection or Selection(), speaker(language), path), id_)


def parts(node: Any) -> Iterator[Any]:
    """Every component and text below ``node``."""
    if isinstance(node, (list, tuple)):
        for each in node:
            yield from parts(each)
    elif isinstance(node, Component):
        yield node
        yield from parts(getattr(node, "children", None))
    elif node is not None:
        yield node


def texts(node: Any) -> list[str]:
    return [str(each) for each in parts(node) if not isinstance(each, Component)]


def page(path: str) -> Page:
    return next(each for each in PAGES if each.path == path)


@pytest.mark.parametrize("kind", ["crowded", "small", "nothing"])
@pytest.mark.parametrize(("one", "id_"), CASES, ids=[f"{p.path} {i}" for p, i in CASES])
def test_every_page_draws_in_every_language(request: pytest.FixtureRequest, kind: str, one: Page, id_: str) -> None:
    db = request.getfixturevalue(kind)
    # English for the whole, in turn for the filtered: each page is drawn from some twenty queries.
    cases = [(Selection(), "en"), *zip(SELECTIONS if kind == "crowded" else (), cycle(reversed(LANGUAGES)))]
    for selection, language in cases:
        made = drawn(db, one, id_, selection, language)
        made.to_plotly_json()
        assert sum(isinstance(each, html.H1) for each in parts(made)) == 1
        for text in texts(made):
            assert not re.search(r"\bNone\b(?! of )|\bnan\b|<NA>|\{\w+\}", text), text


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
@pytest.mark.parametrize(("one", "id_"), CASES, ids=[f"{p.path} {i}" for p, i in CASES])
def test_nothing_of_ours_stays_in_english_on_a_page_in_another_language(crowded: DB, one: Page, id_: str, language: str) -> None:
    english = {text for text, said in catalogue(language).items() if said != text and " " in text.strip() and "{" not in text}
    assert not english & set(texts(drawn(crowded, one, id_, language=language)))


@pytest.mark.parametrize(("one", "id_"), CASES, ids=[f"{p.path} {i}" for p, i in CASES])
def test_every_link_keeps_the_selection(crowded: DB, one: Page, id_: str) -> None:
    selection = Selection(since=2013, counting="fractional")
    links = [each for each in parts(drawn(crowded, one, id_, selection)) if isinstance(each, dcc.Link)]
    for each in links:
        if each.children == counted.OUTSIDE:
            continue  # says that it leaves the selection
        assert "since=2013" in each.href and "counting=fractional" in each.href, each.href
        assert " " not in each.href


@pytest.mark.parametrize("path", sorted(IDS))
def test_an_unknown_id_leads_back_to_the_list(small: DB, path: str) -> None:
    made = drawn(small, page(path), IDS[path][-1])
    assert "There is no such record here" in texts(made)
    assert [each.href for each in parts(made) if isinstance(each, dcc.Link)] == [path.removesuffix("/<id>")]


def lines(made: Component) -> list[list[str]]:
    """The rows of all tables, each cell as one text."""
    rows = [each for each in parts(made) if isinstance(each, html.Tr)]
    return [["".join(texts(cell)) for cell in row.children if isinstance(cell, html.Td)] for row in rows]


def test_the_seed_shows_each_value_with_rule_text_header_file_and_cell(small: DB) -> None:
    found = lines(drawn(small, page("/agreements/<id>"), "AGR-SEED"))
    assert ["Signed", "14 November 2023", "day.month.year", "14.11.2023", "Signed", "agreements.xlsx"] in [row[:6] for row in found]
    assert ["Term", "60 months", "term in words", "5 years", "Valid until", "agreements.xlsx"] in [row[:6] for row in found]
    signed = next(row for row in found if row[:1] == ["Signed"])
    assert re.fullmatch(r"Sheet, cell F\d+", signed[6])
    assert any(row[:4] == ["Countries", "China", "alias, in the cell", "PRC"] and row[6] == "Sheet, cell D7" for row in found)
    assert any(row[:4] == ["Research fields", "Physical sciences", "term, in the cell", "optics"] for row in found)
    assert any(row[5:6] == ["реестр.xlsx"] and row[3] == "14 ноября 2023 г." for row in found)


def test_the_seed_shows_both_origins_its_news_and_its_forms(small: DB) -> None:
    said = texts(drawn(small, page("/agreements/<id>"), "AGR-SEED"))
    for text in ("gave the title", "merged into it", "exchange of publications", "Academies agree", "researcher exchange"):
        assert text in said


def test_the_title_of_an_agreement_is_in_the_language_where_a_source_has_it(small: DB) -> None:
    made = drawn(small, page("/agreements/<id>"), "AGR-SEED", language="ru")
    assert next(each for each in parts(made) if isinstance(each, html.H1)).children == "СПбО РАН и Шанхайское отделение КАН"


def test_a_proposal_is_shown_as_one(small: DB) -> None:
    assert "proposal, not counted" in texts(drawn(small, page("/agreements/<id>"), "A4"))
    assert "proposal, not counted" not in texts(drawn(small, page("/agreements/<id>"), "AGR-SEED"))


def test_a_possible_agreement_of_a_news_item_is_told_in_words(small: DB) -> None:
    said = texts(drawn(small, page("/news")))
    assert "AGR-0005: Pact, signed 1987 (the only agreement of its kind in force, sure to 60 %)" in said
    in_russian = " ".join(texts(drawn(small, page("/news"), language="ru")))
    assert "60 %" in in_russian
    assert "only_one" not in in_russian
    assert "signed" not in in_russian


@pytest.mark.parametrize("selection", [Selection(), Selection(countries=("DEU",), since=2015), Selection(types=("exchange_agreement",))])
def test_a_partner_counts_in_the_charts_and_lists_that_name_it(crowded: DB, selection: Selection) -> None:
    context = Context(crowded, "test", AS_OF, selection, speaker("en"), "/partners/org-tub")
    links = [each for each in parts(counted.counted_partner(context, "org-tub")) if isinstance(each, dcc.Link)]
    told = {
        (given.get("figure") or given["kind"])[0]: (each.children, given)
        for each in links
        for given in [parse_qs(urlsplit(each.href).query)]
    }
    assert told.keys() == {"top_partners", "partners_by_kind", "agreement", "outcome", "news"}
    own = selection.plus("partner", "org-tub")
    assert told["top_partners"][0] == told["agreement"][0] == EN.count(AGREEMENTS, registers.size(crowded, own, "agreement"))
    assert told["top_partners"][1]["mark"] == ["org-tub"]
    assert told["partners_by_kind"][0] == "University"
    assert told["news"][0] == EN.count(NEWS, registers.size(crowded, own, "news"))
    assert told["news"][1]["partner"] == ["org-tub"]


def test_a_partner_outside_the_selection_counts_in_nothing_and_the_way_out_is_shown(crowded: DB) -> None:
    context = Context(crowded, "test", AS_OF, Selection(since=2100), speaker("en"), "/partners/org-tub")
    made = counted.counted_partner(context, "org-tub")
    assert counted.NOWHERE in texts(made)
    assert [each.children for each in parts(made) if isinstance(each, dcc.Link)] == [counted.OUTSIDE]


@pytest.mark.parametrize(
    ("language", "id_", "said"),
    [("zh", "org-net", "暂无中文名称"), ("ru", "org-net", "русское название неизвестно"), ("en", "org-net", ""), ("ru", "org-tub", "")],
)
def test_a_partner_without_a_name_in_the_language_says_so(crowded: DB, language: str, id_: str, said: str) -> None:
    made = " ".join(texts(drawn(crowded, page("/partners/<id>"), id_, language=language)))
    assert said in made
    assert said or speaker(language)(partners.UNNAMED) not in made


def test_the_overview_counts_what_the_definitions_say(small: DB) -> None:
    made = drawn(small, page("/"))
    assert "7 agreements, 5 partners, 3 countries" in texts(made)
    assert "15 March 2027" in " ".join(texts(made))


def test_what_is_over_but_goes_on_needs_attention(small: DB) -> None:
    made = drawn(small, page("/agreements"))
    assert "ended 31 December 2024, last activity 10 January 2026" in texts(made)


def test_what_a_news_text_names_leads_to_the_cell_of_the_text(small: DB) -> None:
    context = Context(small, "test", AS_OF, Selection(), speaker("en"), "/")
    cell = {"feeds": "text", "text": "Talks with  Graz", "letter": "C"}
    assert chain._prose([{"feeds": "link", "text": "graz"}, cell], {"raw_text": "Graz"}) == cell
    assert chain._prose([cell], {"raw_text": "Wien"}) is None
    assert [step for step in chain.steps(context, "news", "N1") if step.cell is None]


def test_a_corrected_cell_is_shown_as_it_is_written_with_who_corrected_it() -> None:
    say = speaker("en")
    correction = {"value": "2020-02-08", "decision": "Anna, 2026-11-22: a slip", "context": "a.xlsx#S#10#F"}
    step = chain._corrected(say, chain.Step("signed", "8 February 2020", "ISO", "2020-02-08", None), "2020.02.07", correction)
    assert (step.raw, step.value) == ("2020.02.07", "8 February 2020")
    assert step.rule == "corrected to “2020-02-08” (Anna, 2026-11-22: a slip); ISO"
    assert chain._with_decision("alias", {"decision": None}) == "alias"
    assert chain._with_decision("decided by a person", correction) == "decided by a person (Anna, 2026-11-22: a slip)"


def test_a_planned_outcome_is_listed_apart(small: DB) -> None:
    said = texts(drawn(small, page("/outcomes")))
    assert "4 outcomes achieved, 1 planned" in said


def test_a_link_that_is_no_web_address_is_no_link(small: DB) -> None:
    made = drawn(small, page("/news/<id>"), "N4")
    assert not [each for each in parts(made) if isinstance(each, html.A)]


def test_a_profile_names_members_forms_and_what_happened(small: DB) -> None:
    said = texts(drawn(small, page("/partners/<id>"), "org-cas"))
    assert "Shanghai Branch of the CAS" in said
    said = texts(drawn(small, page("/partners/<id>"), "org-cas-sh"))
    assert {"Chinese Academy of Sciences", "14 November 2023", "Academies agree"} <= set(said)


def test_every_row_of_the_quality_page_has_its_place(small: DB) -> None:
    found = lines(drawn(small, page("/quality")))
    assert any(row[:5] == ["Error", "agreements.xlsx", "Sheet, cell F901", "31.02.2020", "No such day"] for row in found)
    assert any("Colour" in row for row in found)
    assert any("The file is damaged" in row for row in found)


def test_the_quality_page_names_what_was_found_by_theme_and_leads_to_the_cases(small: DB) -> None:
    drawn_page = drawn(small, page("/quality"))
    themes = {
        str(each.id): each
        for each in parts(drawn_page)
        if isinstance(each, html.Details) and str(getattr(each, "id", "")).startswith("found-")
    }
    assert "found-told-twice" in themes
    assert "found-only-in-news" not in themes, "a theme without a case is not shown"
    links = [each.href for each in parts(themes["found-told-twice"]) if hasattr(each, "href")]
    assert links
    assert all("/agreements/" in href for href in links)
