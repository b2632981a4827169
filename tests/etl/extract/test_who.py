from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.who import Home, Known, Named, Reader

FORMS = {
    "en": {
        "American": "USA",
        "South African": "ZAF",
        "Austria": "AUT",
        "Chile": "CHL",
        "China": "CHN",
        "Chinese": "CHN",
        "Ghana": "GHA",
        "Hungary": "HUN",
        "Hungarian": "HUN",
        "India": "IND",
        "Japan": "JPN",
        "Mongolia": "MNG",
        "Mongolian": "MNG",
        "Norwegian": "NOR",
        "Russia": "RUS",
        "Russian": "RUS",
        "Turkish": "TUR",
        "Romanian": "ROU",
        "Serbian": "SRB",
        "Ethiopian": "ETH",
        "South Africa": "ZAF",
        "African": "ZAF",
    },
    "ru": {
        "Китай": "CHN",
        "Китая": "CHN",
        "китайский": "CHN",
        "китайского": "CHN",
        "Перу": "PER",
        "Россия": "RUS",
        "России": "RUS",
        "российских": "RUS",
        "русского": "RUS",
        "венгерские": "HUN",
        "Венгрии": "HUN",
        "Лаоса": "LAO",
        "Чили": "CHL",
    },
}
KNOWN = [
    Known(
        "chalmers",
        "Chalmers University of Technology",
        ("Chalmers University of Technology",),
        "Gothenburg",
        "SWE",
        "university",
        is_partner=True,
    ),
    Known("nagoya", "Nagoya University", ("Nagoya University", "Нагойский университет"), "Nagoya", "JPN", "university", is_partner=True),
    Known("osijek", "University of Osijek", ("University of Osijek", "UNIOS"), "Osijek", "HRV", "university", is_partner=True),
    Known(
        "sju",
        "Shahjalal University of Science and Technology",
        ("Shahjalal University of Science and Technology",),
        "Sylhet",
        "BGD",
        "university",
    ),
    Known(
        "must",
        "Mongolian University of Science and Technology",
        ("Mongolian University of Science and Technology", "MUST"),
        "Ulaanbaatar",
        "MNG",
        "university",
    ),
    Known("mlu", "Malta Leadership Union", ("Malta Leadership Union", "MUST"), "Valletta", "MLT", "other", is_partner=True),
    Known("emb-hu", "Embassy of Hungary", ("Embassy of Hungary", "Посольство Венгрии"), "Moscow", "HUN", "government"),
    Known("usm", "Universidad Santa María", ("Universidad Santa María", "Santa María University"), "Valparaíso", "CHL", "university"),
    Known("bergen", "Bergen Academy", ("Bergen Academy",), "Bergen", "NOR", "academy"),
    Known("szeged", "Szeged State University", ("Szeged State University",), "Szeged", "HUN", "university"),
    Known("kisoil", "Kisoil University", ("Kisoil University",), "Szeged", "HUN", "university"),
    Known("msu", "Moscow State University", ("Moscow State University", "МГУ"), "Moscow", "RUS", "university"),
    Known("ru-al", "Russian-Aland University", ("Russian-Aland University",), "Mariehamn", "ALA", "university"),
]
READER = Reader(KNOWN, FORMS, Home(("Home Polytech", "Политех", "ГПУ"), "RUS"))


def partners(text: str, language: str = "en") -> list[str]:
    return [each.value or each.name for each in READER.partners({"title": "", "body_text": text}, language)]


def countries(text: str, language: str = "en") -> list[str]:
    texts = {"body_text": text}
    return sorted(each.value for each in READER.countries(texts, language, READER.partners(texts, language)))


PARTNERS = [
    ("A visit to Nagoya University's library", "en", ["nagoya"], "a possessive"),
    ("Гости из Нагойского университета", "ru", ["nagoya"], "a Russian case"),
    ("the Shahjalal university hosted us", "en", ["sju"], "a short form with a small head"),
    ("the university of technology in Gothenburg", "en", ["chalmers"], "the city behind the head"),
    ("Santa María opened a chair", "en", ["usm"], "a name without its head"),
    ("Thirty years with Osijek", "en", ["osijek"], "a city stands for its only partner"),
    ("a Nagoya group came", "en", ["nagoya"], "a group of a city"),
    ("Home Polytech and Osijek ran a seminar", "en", ["osijek"], "a city beside the home institution"),
    ("The Hungarian embassy helped", "en", ["emb-hu"], "an adjective for the country"),
    ("The Hungarian ambassador came", "en", ["emb-hu"], "a person for the office"),
    ("MUST joined the call", "en", ["mlu"], "a shared acronym means the partner"),
    (
        "Lillevik University and Kjeller Institute of Energy sent students",
        "en",
        ["Lillevik University", "Kjeller Institute of Energy"],
        "two unknown ones",
    ),
    ("the companies Brunvoll, Kleven and Vard", "en", ["Brunvoll", "Kleven", "Vard"], "a list of companies"),
    ("компания «Арчелик» провела день карьеры", "ru", ["Арчелик"], "a company in quotes"),
    ("Встреча с послом Перу", "ru", ["Embassy of Peru"], "an unknown office under its usual name"),
    ("в Харбинском медицинском университете", "ru", ["Харбинский медицинский университет"], "an unknown university in the nominative"),
    ("институт имени Гёте открыл курсы", "ru", ["институт имени Гёте"], "named after somebody"),
    ("the Institute of Ceramics of the Bergen Academy", "en", ["Institute of Ceramics of the Bergen Academy"], "not its academy"),
    ("a ceramics institute of the Bergen Academy wrote", "en", [], "an institute of an academy that no name tells"),
    ("the Bergen Academy wrote", "en", ["bergen"], "the academy itself"),
    ("the council of the Lillevik Universities Alliance", "en", ["Lillevik Universities Alliance"], "within what names nobody"),
    ("the Association of African Universities met", "en", ["Association of African Universities"], "members and a subject"),
    ("the Alliance of Universities met", "en", [], "members alone"),
    ("the Russian-Hungarian Chamber of Commerce", "en", ["Russian-Hungarian Chamber of Commerce"], "of two countries"),
    ("the Union of Rectors of Hungary", "en", ["Union of Rectors of Hungary"], "members of a country"),
    ("А в Квуксовском университете открыт центр", "ru", ["Квуксовский университет"], "a short participle is no part of it"),
    ("В Квуксовском университете стороны говорили", "ru", ["Квуксовский университет"], "nor who did it"),
    ("университет имени Ким Чака из КНДР", "ru", ["университет имени Ким Чака"], "nor where it is from"),
    ("A Szeged university will help. The Kisoil University came", "en", ["kisoil"], "a city's one is that which is named in full"),
    ("A Szeged university will help", "en", ["szeged"], "the same where none is named"),
    ("École nationale d'ingénieurs de Sfax", "en", ["École nationale d'ingénieurs de Sfax"], "a French name"),
]
NO_PARTNERS = [
    ("Home Polytech Institute of Energy opened a school", "en", "a unit of the home institution"),
    ("Ректор Политеха и студенты ГПУ", "ru", "the home institution in a case"),
    ("The meeting took place in Osijek", "en", "a city is first of all a place"),
    ("A forum in Nagoya and the Nagoya fair", "en", "what takes place in a city"),
    ("a Serbian university and Chinese universities", "en", "any university of a country"),
    ("Moscow State University took part", "en", "a home organisation that is no partner"),
    ("Summer school closes; Winter School of Design opens", "en", "no organisation, only an event"),
    ("Institute of Energy and School of Economics", "en", "no word of its own"),
    ("в посольстве Чили прошла встреча", "ru", "an embassy as a venue"),
    ("the Russian Language Centre", "en", "only the home country"),
    ("QS World University Rankings and the Center for Advanced Technologies", "en", "a table, and a centre that nothing before it names"),
]
COUNTRIES = [
    ("Students from Ghana and Chile", "en", ["CHL", "GHA"], "names"),
    ("a Latin American week, a South African guest", "en", ["ZAF"], "a part of the world is no country"),
    ("an American guest", "en", ["USA"], "but its name alone is one"),
    ("Norwegian guests, two Turks", "en", ["NOR", "TUR"], "an adjective, a people"),
    ("Chinese language and Turkish courses, taught in Chinese", "en", [], "languages are no countries"),
    ("A Romanian report tells of Belgrade", "en", ["SRB"], "a medium is no country, a city is"),
    ("курсы русского и китайского языков", "ru", [], "two adjectives share a language"),
    ("венгерские коллеги прилетели из Праги в Токио", "ru", ["CZE", "HUN", "JPN"], "Russian cases of cities"),
    ("Краковский журнал и ташкентские студенты", "ru", ["POL", "UZB"], "adjectives of cities"),
    ("Inner Mongolia and Ninh Binh province", "en", ["CHN", "VNM"], "a part is not the country in its name"),
    ("from Moscow to Tomsk in Russia", "en", [], "the home country is never listed"),
    ("A talk in Cambridge", "en", [], "a city of two countries is left open"),
    ("Nagoya University", "en", ["JPN"], "the city in a name"),
    ("UNIOS sent a letter", "en", ["HRV"], "a partner stands for its country"),
    ("Reading books is nice; reading in Nice is nicer", "en", ["FRA"], "a common word is a place only behind a preposition"),
]


@pytest.mark.parametrize(("text", "language", "expected", "why"), PARTNERS, ids=[why for *_, why in PARTNERS])
def test_finds_partners(text: str, language: str, expected: list[str], why: str) -> None:
    assert partners(text, language) == expected


@pytest.mark.parametrize(("text", "language", "why"), NO_PARTNERS, ids=[why for *_, why in NO_PARTNERS])
def test_finds_no_partner(text: str, language: str, why: str) -> None:
    assert partners(text, language) == []


@pytest.mark.parametrize(("text", "language", "expected", "why"), COUNTRIES, ids=[why for *_, why in COUNTRIES])
def test_finds_countries(text: str, language: str, expected: list[str], why: str) -> None:
    assert countries(text, language) == expected


def test_a_city_of_two_countries_follows_the_partner() -> None:
    text = {"body_text": "A talk in Cambridge"}
    partner = Named("harvard", "Harvard", "Harvard", 0, 7, "title", "mention", 0.9)
    reader = Reader([Known("harvard", "Harvard", ("Harvard",), country="USA")], FORMS, Home((), "RUS"))
    assert [each.value for each in reader.countries(text, "en", [partner])] == ["USA"]


def test_an_organisation_stands_once_however_often_it_is_named() -> None:
    texts = {
        "title": "Nagoya University",
        "body_text": "Nagoya University and Lillevik University; Lillevik University again, the Lillevik university",
    }
    assert [each.name for each in READER.partners(texts, "en")] == ["Nagoya University", "Lillevik University"]


def test_inference_is_less_sure_than_a_name() -> None:
    (named,) = READER.partners({"body_text": "Nagoya University"}, "en")
    (inferred,) = READER.partners({"body_text": "a Nagoya group"}, "en")
    assert inferred.method == "city + kind"
    assert inferred.confidence < named.confidence


@given(st.text(), st.sampled_from(("en", "ru", "zh")))
def test_any_text_gives_spans_that_hold(text: str, language: str) -> None:
    texts = {"title": text, "body_text": f"The {text} University of {text}, университет {text}"}
    found = READER.partners(texts, language)
    for each in (*found, *READER.countries(texts, language, found)):
        assert texts[each.column][each.start : each.end] == each.text
        assert 0 < each.confidence <= 1


def test_the_order_of_what_is_known_changes_nothing() -> None:
    texts = {"body_text": "MUST, Thirty years with Osijek, the Shahjalal university and Lillevik University in Chile"}
    turned = Reader(KNOWN[::-1], FORMS, Home(("Home Polytech",), "RUS"))
    assert turned.partners(texts, "en") == READER.partners(texts, "en")
