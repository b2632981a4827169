import importlib.util
import string
from pathlib import Path

import pytest

from dashboard.locale import speaker

SCRIPT = Path(__file__).parents[2] / "scripts" / "messages.py"
spec = importlib.util.spec_from_file_location("messages", SCRIPT)
messages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(messages)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_text_is_translated_and_every_translation_is_said(language):
    missing, unused = messages.report(language)
    assert not missing
    assert not unused


def names(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_has_the_same_names_as_the_text(language):
    for catalogue in messages.catalogues(language).values():
        for message in catalogue:
            if not message.id:
                continue
            ids, said = (value if isinstance(value, (tuple, list)) else (value,) for value in (message.id, message.string))
            for each in said:
                assert names(each) <= names(ids[-1]) | {"n"}, each
                # A form for one may leave the number out; all others must say everything.
                assert names(ids[-1]) - {"n"} <= names(each), each


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_plural_texts_have_every_form(language):
    for catalogue in messages.catalogues(language).values():
        for message in catalogue:
            if isinstance(message.id, (tuple, list)):
                assert len([form for form in message.string if form]) == 3, message.id


def test_dates_are_never_finer_than_they_are():
    say = speaker("ru")
    assert [say.date(text) for text in ("2023", "2023-11", "2023-11-14", None)] == ["2023", "ноябрь 2023", "14 ноября 2023", ""]
