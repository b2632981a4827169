import importlib.util
import re
import string
from pathlib import Path

import pytest
from babel import Locale

from dashboard.locale import LANGUAGES, speaker


def script(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parents[2] / "scripts" / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


messages, locales = script("messages"), script("make_plotly_locales")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_text_is_translated_and_every_translation_is_said(language):
    missing, unused = messages.report(language)
    assert not missing
    assert not unused


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_text_is_translated_in_two_ways(language):
    assert messages.doubled(language) == []


def test_every_language_of_the_product_but_english_is_checked():
    assert {"en", *messages.LANGUAGES} == set(LANGUAGES)


def names(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def entries(language):
    for catalogue in messages.catalogues(language).values():
        for message in catalogue:
            if message.id:
                yield tuple(value if isinstance(value, (tuple, list)) else (value,) for value in (message.id, message.string))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_has_the_same_names_as_the_text(language):
    for ids, said in entries(language):
        for each in said:
            assert each.strip() or not ids[0].strip(), ids
            # A form for one may leave the number out; all others must say everything.
            assert names(each) <= names(ids[-1]) | {"n"}, each
            assert names(ids[-1]) - {"n"} <= names(each), each


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_plural_texts_have_every_form_that_the_language_has(language):
    forms = {Locale(language).plural_form(n) for n in range(1000)}
    for ids, said in entries(language):
        assert len([form for form in said if form]) == (len(forms) if len(ids) > 1 else 1), ids


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 partner", "2 partners", "5 partners", "21 partners"]),
        ("ru", ["1 партнёр", "2 партнёра", "5 партнёров", "21 партнёр"]),
        ("zh", ["1家合作单位", "2家合作单位", "5家合作单位", "21家合作单位"]),
    ],
)
def test_the_form_follows_the_number(language, said):
    assert [speaker(language).count(("{n} partner", "{n} partners"), n) for n in (1, 2, 5, 21)] == said


def test_no_text_is_said_both_with_a_number_and_without():
    """The catalogues know a text by its English singular: of two of one name only one would be found, and the other said in English."""
    texts = [text for folder in messages.HOUSES for text in messages.marked(folder)]
    assert not {text.one for text in texts if text.many} & {text.one for text in texts if not text.many}


LETTERS = {"ru": re.compile("[а-яё]"), "zh": re.compile(r"[\u4e00-\u9fff]")}
#: Names and signs that are the same in every script.
THE_SAME = {"{name}: {what}", "CSV", "XLSX", "Hill (1973), Jost (2006)", "ISO", "DOI", "{n} {unit}", "{page} · {name}", ", ", "EDTF"}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_is_in_the_script_of_its_language(language):
    for ids, said in entries(language):
        for form in said:
            own = re.sub(r"{\w+}", "", form)
            assert ids[0] in THE_SAME or not re.search("[a-zA-Z]{2}", own) or LETTERS[language].search(own), (ids, said)


def test_chinese_is_written_with_chinese_signs():
    for _, said in entries("zh"):
        for form in said:
            assert not re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!(][\u4e00-\u9fff]|[\u4e00-\u9fff] [\u4e00-\u9fff]", form), form


DATES = ("2023", "2023-11", "2023-11-14", "2023-21", None)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["2023", "November 2023", "14 November 2023", "2023", ""]),
        ("ru", ["2023", "ноябрь 2023", "14 ноября 2023", "2023", ""]),
        ("zh", ["2023年", "2023年11月", "2023年11月14日", "2023年", ""]),
    ],
)
def test_dates_are_never_finer_than_they_are(language, said):
    assert [speaker(language).date(text) for text in DATES] == said


def test_a_list_has_the_comma_of_the_language():
    assert [speaker(language).listed("AB") for language in LANGUAGES] == ["A, B", "A, B", "A、B"]


def test_the_locales_of_the_charts_are_fresh_and_of_every_language():
    assert locales.ASSET.read_text("utf-8") == locales.text(), "run scripts/make_plotly_locales.py"
    assert {"en", *locales.LANGUAGES} == set(LANGUAGES)
    chinese = locales.locale("zh")["format"]
    assert (chinese["months"][10], chinese["shortMonths"][0], chinese["days"][0]) == ("十一月", "1月", "星期日")
