"""Texts in the code and texts translated are the same, both ways."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import dashboard

HOUSE = Path(dashboard.__file__).parent
Texts = dict[str, tuple[str, ...]]


def declared() -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for path in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("mark", "mark_plural"):
                found.add(tuple(ast.literal_eval(each) for each in node.args))
    return found


def translated() -> dict[tuple[str, ...], tuple[str, ...]]:
    messages = []
    for path in sorted((HOUSE / "locale").glob("ru*.po")):
        with path.open("rb") as file:
            messages += [message for message in read_po(file, locale="ru") if message.id]
    return {
        tuple(m.id) if isinstance(m.id, (tuple, list)) else (m.id,): tuple(m.string) if isinstance(m.string, (tuple, list)) else (m.string,)
        for m in messages
    }


def test_every_text_is_translated_and_every_translation_is_used() -> None:
    assert declared() == set(translated())


@pytest.mark.parametrize("text", sorted(translated()), ids=lambda text: text[0][:40])
def test_a_translation_has_all_its_forms_and_the_same_names(text: tuple[str, ...]) -> None:
    forms = translated()[text]
    assert len(forms) == (3 if len(text) == 2 else 1)
    for form in forms:
        assert form.strip()
        assert set(re.findall(r"{(\w+)}", form)) == set(re.findall(r"{(\w+)}", text[-1]))
