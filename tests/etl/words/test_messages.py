"""Every sentence in which the ETL tells a finding is said in every language, with all its parts."""

from __future__ import annotations

import ast
import itertools
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.words.message_texts import MESSAGES
from etl.words.messages import QUOTES, detail_said
from etl.words.say import FOLDER, LANGUAGES, read_texts, speaker

ETL = Path(etl.__file__).parent
SCRIPTS = {"ru": re.compile("[а-яё]"), "zh": re.compile("[\u4e00-\u9fff]")}
NUMBERS = {"n", "row", "line", "all", "first", "last", "days", "months", "deciding", "listed", "size", "limit", "packed"}
QUOTED = {"text", "old", "new", "now", "expected", "above"}
OTHERS = [language for language in LANGUAGES if language != "en"]


def names(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def filled(template: str) -> str:
    return template.format(**{n: "7" if n in NUMBERS else "'Q'" if n in QUOTED else "ZZ" for n in names(template)})


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("template", MESSAGES)
def test_a_sentence_is_said_with_all_its_parts(template: str, language: str) -> None:
    said = detail_said(language, filled(template))
    assert said is not None
    assert said != filled(template)
    texts = read_texts(language, (FOLDER,))
    assert sorted(names(str(texts[template]))) == sorted(names(template))
    assert said.count("ZZ") == filled(template).count("ZZ")
    assert said.count("7") == filled(template).count("7")
    assert said.count(speaker(language)(QUOTES, text="Q")) == filled(template).count("'Q'")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Not understood as a date: not a date: 'soon'", "Не удалось прочитать дату: не дата: 'soon'"),
        ("Not understood as a number: no number: '-' (written in row 9)",
         "Не удалось прочитать число: числа нет: '-' (написано в строке 9)"),
        ("Not taken: 'by' is empty; 'why' is empty", "Не принято: «by» не заполнено; «why» не заполнено"),
        ("Not a research field: a form of cooperation", "Не область науки: форма сотрудничества"),
        ("'a\\nb' was read as \"it's\" of row 3.", "«a\nb» прочитано как «it's» из строки 3."),
        ("This table of news records has no column for published.", "В этой таблице (новость) нет столбца для published."),
    ],
)  # fmt: skip
def test_parts_are_said_in_turn(message: str, said: str) -> None:
    assert detail_said("ru", message) == said


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Not understood as a date: no such month: 13", "未能识别为日期：没有这个月份：13"),
        ("'Mon 5' was read as 'TU Wien' of row 7.", "“Mon 5”已读作第7行的“TU Wien”。"),
        ("The record has no number; it was read without", "该记录没有编号；读取时未包含该部分"),
        ("This table of news records has no column for published.", "这张新闻记录表没有published列。"),
    ],
)
def test_parts_are_said_in_turn_in_chinese(message: str, said: str) -> None:
    assert detail_said("zh", message) == said


@pytest.mark.parametrize("message", ["", "Something that nobody tells", "The 'x' was eaten by row 3", "'x' is neither here nor there"])
def test_an_unknown_sentence_is_not_said(message: str) -> None:
    assert detail_said("ru", message) is None


@given(st.text(), st.sampled_from(MESSAGES))
def test_no_text_of_a_cell_can_break_a_sentence(text: str, template: str) -> None:
    detail_said("ru", text)
    sentence = template.format(**{n: "7" if n in NUMBERS else repr(text) if n in QUOTED else text or "x" for n in names(template)})
    assert detail_said("ru", sentence) is not None


#: Calls that tell a finding, and where the sentence stands among their arguments.
TELLERS = {"Finding": 2, "_tell": 2, "tell": 2, "complain": 1, "RefusedFile": 1, "_wrong": 1, "note": 1, "_find": 2, "_finding": 2,
           "unused": 1, "_Stale": 0, "_about": 2, "_undecided": 0}  # fmt: skip


def samples(node: ast.AST | None, known: dict[str, list[ast.AST]], depth: int = 3) -> list[str]:
    """What an expression may say; a part that is put in is a word, a number where it counts, a text in quotes for ``!r``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return samples(node.body, known, depth) + samples(node.orelse, known, depth)
    if isinstance(node, ast.JoinedStr):
        return ["".join(parts) for parts in itertools.islice(itertools.product(*(part(v, known, depth) for v in node.values)), 60)]
    if isinstance(node, ast.Name) and depth:
        return [text for each in known.get(node.id, ()) for text in samples(each, known, depth - 1)]
    return []


def part(node: ast.expr, known: dict[str, list[ast.AST]], depth: int) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    assert isinstance(node, ast.FormattedValue)
    if node.conversion == ord("r"):
        return ["'x'"]
    if isinstance(node.value, ast.Name):  # of several things that a name stands for the last before this line is meant
        said = sorted((each for each in known.get(node.value.id, ()) if each.lineno < node.lineno), key=lambda each: each.lineno)
        return samples(said[-1] if said else None, known, depth) or ["7"]
    return samples(node.value, known, depth) or ["7"]


def is_sentence(text: str) -> bool:
    """Tell whether ``text`` has words of its own."""
    return len(set(re.findall(r"[a-z]+", text))) > 1


def sentences() -> Iterator[tuple[str, str]]:
    for path in sorted(ETL.rglob("*.py")):
        if path.relative_to(ETL).parts[0] in ("words", "publish", "commands", "template", "compare", "indicators"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for scope in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            known: dict[str, list[ast.AST]] = {}
            for node in (*tree.body, *ast.walk(scope)):
                if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                    known.setdefault(node.targets[0].id, []).append(node.value)
            for value in known.get("message", ()):
                yield from ((path.relative_to(ETL).as_posix(), text) for text in samples(value, known) if is_sentence(text))
            for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call)):
                name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""
                at = TELLERS.get(name, 99)
                if len(call.args) > at:
                    yield from (
                        (path.relative_to(ETL).as_posix(), text)
                        for text in samples(call.args[at], known)
                        if len(set(re.findall(r"[a-z]+", text))) > 1
                    )


SAID = sorted(set(sentences()))


def test_the_etl_was_searched() -> None:
    texts = {text for _, text in SAID}
    assert {"No partner is written", "Not understood as a date: 7", "The file is empty. Fill it or remove it."} <= texts
    assert len(texts) > 100


@pytest.mark.parametrize(("where", "sentence"), SAID)
def test_every_sentence_of_the_etl_is_said_in_every_language(where: str, sentence: str) -> None:
    for language in OTHERS:
        said = detail_said(language, sentence)
        assert said is not None, f"{where}: put the sentence into etl/words/message_texts.py and etl/words/{language}.po"
        assert SCRIPTS[language].search(said)
