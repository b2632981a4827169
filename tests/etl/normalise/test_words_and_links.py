from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable
from etl.normalise import languages, links, numerals, statuses
from etl.normalise.keywords import first, rule

PLANNED = [
    "planned",
    "under discussion",
    "Proposed",
    "in preparation",
    "agreed",
    "to be signed",
    "application submitted",
    "обсуждается",
    "запланировано",
    "подана заявка",
    "в разработке",
    "计划中",
    "not started",
]
ACHIEVED = ["achieved", "Completed", "ongoing", "suspended", "signed", "выполнено", "реализован", "действует", "已完成", "won"]


@pytest.mark.parametrize("typed", PLANNED)
def test_planned(typed: str) -> None:
    assert statuses.planned(typed)


@pytest.mark.parametrize("typed", ACHIEVED)
def test_achieved(typed: str) -> None:
    assert not statuses.planned(typed)


@pytest.mark.parametrize("typed", ["", "green", "42", "?"])
def test_an_unknown_status_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        statuses.planned(typed)


@settings(deadline=None)  # tables load on first use
@given(st.text())
def test_any_text_is_a_status_or_refused(typed: str) -> None:
    with suppress(Unreadable):
        assert statuses.planned(typed) in (True, False)


LINKS = [
    ("https://english.spbstu.ru/media/news/?id=1#top", "https://english.spbstu.ru/media/news/?id=1#top", "as it stands"),
    (" HTTP://Example.ORG/Path ", "http://example.org/Path", "scheme and host in lower case, the path not"),
    ("https://пример.рф/новость", "https://пример.рф/новость", "a host in Cyrillic"),
    ("http://example.org:8080/x", "http://example.org:8080/x", "a port"),
]
NO_LINKS = [
    ("", "empty"),
    ("javascript:alert(1)", "a script"),
    ("data:text/html,x", "data"),
    ("ftp://example.org/x", "another scheme"),
    ("www.example.org", "no scheme: a guess"),
    ("https://", "no host"),
    ("https://localhost", "no public host"),
    ("https://user:secret@example.org", "a password"),
    ("https://example.org/ https://example.net/", "two addresses"),
    ('https://example.org/"onmouseover="x', "a quote"),
    ("https://exa\nmple.org", "a line break"),
    ("https://[::1", "a broken host"),
]


@pytest.mark.parametrize(("typed", "read", "why"), LINKS, ids=[why for *_, why in LINKS])
def test_links(typed: str, read: str, why: str) -> None:
    assert links.link(typed) == read


@pytest.mark.parametrize(("typed", "why"), NO_LINKS, ids=[why for *_, why in NO_LINKS])
def test_no_links(typed: str, why: str) -> None:
    with pytest.raises(Unreadable):
        links.link(typed)


@settings(deadline=None)  # tables load on first use
@given(st.one_of(st.text(), st.text().map(lambda text: f"https://{text}"), st.text().map(lambda text: f"http://example.org/{text}")))
def test_a_link_is_safe_and_stays_itself(typed: str) -> None:
    with suppress(Unreadable):
        address = links.link(typed)
        assert address.startswith(("http://", "https://"))
        assert not set(address) & set(' "<>\n\t`')
        assert links.link(address) == address


@pytest.mark.parametrize(("typed", "code"), [("Визит в Грац", "ru"), ("Visit to Graz", "en"), ("访问格拉茨", "zh"), ("СПбПУ и TU", "ru")])
def test_the_script_tells_the_language(typed: str, code: str) -> None:
    assert languages.language(typed) == code


@pytest.mark.parametrize("typed", ["", "2023", "ελληνικά"])
def test_no_known_script_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        languages.language(typed)


@pytest.mark.parametrize(
    ("typed", "code"), [("English", "en"), ("RU", "ru"), ("русский", "ru"), ("англ.", "en"), ("中文", "zh"), ("китайский", "zh")]
)
def test_named_languages(typed: str, code: str) -> None:
    assert languages.named(typed) == code


@settings(deadline=None)  # tables load on first use
@given(st.text())
def test_any_text_has_a_language_or_is_refused(typed: str) -> None:
    for read in (languages.language, languages.named):
        with suppress(Unreadable):
            assert read(typed) in languages.LANGUAGES


@settings(deadline=None)  # tables load on first use
@given(st.integers(0, 99_999))
def test_chinese_numerals_by_place(number: int) -> None:
    assert numerals.han("".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))) == number


PATTERNS = [
    ("double ... degree*", "a double PhD degree", True, "words between"),
    ("double ... degree*", "a double degree", True, "no words between"),
    ("lab*", "collaboration", False, "no part of a word"),
    ("实验室", "联合实验室协议", True, "Chinese anywhere"),
    ("联合 中心", "联合研究中心", True, "Chinese with a gap"),
    ("двойн* диплом*", "Двойной диплом", True, "endings"),
    ("not yet ...", "not yet in force since May", True, "any words behind"),
    ("not yet ...", "it is not yet", True, "no words behind"),
    ("not yet ...", "not yetis of Nepal", False, "no part of a word before any words behind"),
]


@pytest.mark.parametrize(("pattern", "text", "found", "why"), PATTERNS, ids=[why for *_, why in PATTERNS])
def test_patterns(pattern: str, text: str, found: bool, why: str) -> None:
    assert (first([rule("x", pattern)], text) is not None) is found


def test_the_first_rule_decides_and_not_the_first_words() -> None:
    found = first((rule("a", "visit*"), rule("b", "sign*")), "Signed during a visit")
    assert found and found.gives == "a"
