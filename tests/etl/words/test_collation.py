"""Names stand in the order in which a reader of the language looks for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.words.collation import sort_key
from etl.words.say import LANGUAGES, speaker

ORDERS = [
    ("en", ["3M", "Aachen", "Åbo Akademi", "Zürich", "Китай", "中国"], "accents do not move a name; other scripts follow"),
    ("en", ["TU Graz", "TU Wien", "Tula", "TULA"], "a space comes before letters; capitals count last"),
    ("ru", ["Австрия", "Ежов", "Ёлка", "Ель", "Италия", "Йемен", "ABB", "中国"], "ё as е, й after и, Cyrillic before Latin"),
    (
        "zh",
        ["奥地利", "白俄罗斯", "德国", "俄罗斯", "法国", "日本", "西班牙", "中国", "TU Wien", "Китай"],
        "by pinyin, Latin behind",
    ),
    ("zh", ["伊拉克", "伊朗", "以色列", "意大利"], "one syllable, by its tones"),
    ("zh", ["长春", "朝鲜", "重庆", "中国"], "place names as they are spoken"),
    ("zh", ["柏林", "波兰", "布达佩斯"], "Berlin is read Bolin"),
]


@pytest.mark.parametrize(("language", "names", "why"), ORDERS, ids=[why for *_, why in ORDERS])
def test_order(language: str, names: list[str], why: str) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=speaker(language).order) == names


@given(st.lists(st.text(max_size=12), max_size=12), st.sampled_from(LANGUAGES))
def test_any_texts_have_one_order(names: list[str], language: str) -> None:
    def key(name: str) -> object:
        return sort_key(language, name)

    backwards = names[::-1]
    assert sorted(names, key=key) == sorted(backwards, key=key)  # type: ignore[arg-type]
    assert len({key(name) for name in names}) == len(set(names))
