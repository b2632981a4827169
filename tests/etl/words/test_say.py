"""Numbers are written as CLDR writes them, whichever way is quicker."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from etl.words.say import LANGUAGES, speaker

NUMBERS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9),
    st.decimals(-(10**6), 10**6, places=3).map(float),
    st.decimals(-(10**6), 10**6, places=1).map(float),
)


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=NUMBERS)
@example(number=999)
@example(number=-1000)
@example(number=1000.0)
@example(number=-0.5)
@example(number=-0.0)
@example(number=1234567.25)
@example(number=0.0005)
@example(number=2.5e16)
def test_a_number_is_written_as_the_language_does(language: str, number: float) -> None:
    assert speaker(language).number(number) == format_decimal(number + 0, locale=Locale(language))
