from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.extract import chinese
from etl.extract.named import Home
from etl.extract.who import Known, Reader
from etl.normalise import countries

KNOWN = [Known("thu", "Tsinghua University", ("Tsinghua University", "清华大学"), "Beijing", "CHN", "university")]
READER = Reader(KNOWN, {language: countries.names(language) for language in ("en", "ru", "zh")}, Home(("本校大学",), "RUS"))


def test_a_known_organisation_and_its_country_are_found_in_a_chinese_text() -> None:
    text = {"text": "清华大学代表团访问本校大学，并与乌兹别克斯坦代表会谈。"}
    partners = READER.partners(text, "zh")
    assert [(each.value, each.name, each.text, each.start) for each in partners] == [("thu", "Tsinghua University", "清华大学", 0)]
    assert sorted(each.value for each in READER.countries(text, "zh", partners)) == ["CHN", "UZB"]


def test_a_chinese_name_is_found_in_a_text_of_another_language() -> None:
    assert [each.value for each in READER.partners({"text": "Delegation of 清华大学 came"}, "en")] == ["thu"]


def test_china_is_meant_by_one_character_beside_russia_only() -> None:
    assert [each.value for each in chinese.china("中俄合作")] == ["CHN"]
    assert list(chinese.china("中心")) == []


def test_a_name_of_two_organisations_means_none_and_the_longest_name_wins() -> None:
    found = chinese.organisations([("北京大学", "a"), ("北京大学", "b"), ("南京大学", "c"), ("南京大学医院", "d")], ["本校大学"])
    assert [each.value for each in found.find("北京大学、南京大学医院、南京大学")] == ["d", "c"]


@given(st.text(alphabet="清华大学访问中俄国 ,a"))
def test_spans_lie_in_the_text(text: str) -> None:
    for each in (*READER.partners({"text": text}, "zh"), *READER.countries({"text": text}, "zh", [])):
        assert text[each.start : each.end] == each.text
