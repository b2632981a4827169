from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.markup import plain

PAGES = [
    ("<p>One</p><p>Two</p>", "\nOne\n\nTwo\n", "paragraphs are lines"),
    ("<b>TU</b>&nbsp;Graz", "TU Graz", "tags within a line and a blank"),
    ("<script>var Paris = 1</script>Rome", "\nRome", "a script is no text"),
    ("A < B & C; AT&T", "A < B & C; AT&T", "signs that are no markup"),
    ("Tom &amp; Co &bogus;", "Tom & Co &bogus;", "an entity that is none stays"),
    ("", "", "nothing"),
]


@pytest.mark.parametrize(("given_text", "expected", "why"), PAGES, ids=[why for *_, why in PAGES])
def test_markup_goes(given_text: str, expected: str, why: str) -> None:
    assert plain(given_text).text == expected


@given(st.text(alphabet="<p>/&amp;nbs ab\n"))
def test_every_place_is_found_again(text: str) -> None:
    page = plain(text)
    for at, letter in enumerate(page.text):
        start, end = page.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert text[start:end] == letter or text[start] in "<&"
