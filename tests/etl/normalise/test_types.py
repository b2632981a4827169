import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable, Unsure
from etl.normalise import types
from etl.records import Read
from etl.reference import rows
from etl.text import fold

AGREEMENTS = [
    ("Cooperation agreement", "cooperation_agreement", "the name"),
    ("Strategic partnership", "cooperation_agreement", "no word for a document"),
    ("Договор о научно-техническом сотрудничестве", "cooperation_agreement", "Russian"),
    ("战略合作协议", "cooperation_agreement", "Chinese"),
    ("MoU", "memorandum_of_understanding", "abbreviation"),
    ("Memorandum of intent", "memorandum_of_understanding", "the document decides, not the intent"),
    ("MoU on student exchange", "memorandum_of_understanding", "the document decides, not its subject"),
    ("谅解备忘录", "memorandum_of_understanding", "Chinese"),
    ("Протокол о намерениях", "other", "a protocol is no memorandum"),
    ("Соглашение о программе двойного диплома", "double_degree_agreement", "words between"),
    ("Joint Master's Programme Agreement", "double_degree_agreement", "a joint programme"),
    ("联合培养协议", "double_degree_agreement", "Chinese"),
    ("Erasmus+ Inter-Institutional Agreement", "exchange_agreement", "Erasmus"),
    ("Соглашение об академической мобильности", "exchange_agreement", "mobility"),
    ("Agreement on cooperation and student exchange", "cooperation_agreement", "cooperation is the wider"),
    ("Joint centre agreement", "joint_laboratory_agreement", "a centre counts with laboratories"),
    ("Соглашение о создании совместной лаборатории", "joint_laboratory_agreement", "Russian"),
    ("Agreement on collaboration", "cooperation_agreement", "no lab within collaboration"),
    ("Соглашение о совместном институте", "joint_institute_agreement", "Russian"),
    ("中外合作办学协议", "joint_institute_agreement", "Chinese"),
    ("Network membership", "consortium_agreement", "a network"),
    ("Договор на выполнение НИР", "research_contract", "Russian abbreviation"),
    ("R&D contract", "research_contract", "abbreviation"),
    ("Rep. office", "representative_office", "abbreviation"),
    ("Joint PhD supervision agreement", "other", "of no other kind"),
    ("Дорожная карта", "other", "a plan"),
    ("Annex to the memorandum", "other", "an annex is not what it is annexed to"),
    ("Non-disclosure agreement", "other", "an agreement of another kind"),
    ("2+2 programme agreement", "double_degree_agreement", "years here and there"),
    ("Соглашение о сетевом взаимодействии", "double_degree_agreement", "the Russian law's word for joint programmes"),
    ("Соглашение о сотрудничестве и обмене", "cooperation_agreement", "the wider is said first"),
    ("交流与合作协议", "cooperation_agreement", "the wider in Chinese, in either order"),
    ("学生交流合作协议", "exchange_agreement", "cooperation in an exchange"),
    ("技术服务合同", "research_contract", "a service is contracted"),
]
OUTCOMES = [
    ("Joint programme", "double_degree", "a programme of study"),
    ("Публикации Scopus", "joint_publication", "Russian"),
    ("Papers in journals", "joint_publication", "English"),
    ("Grant application", "grant", "an application is one of grants"),
    ("Students sent", "mobility", "people"),
    ("Летняя школа", "school", "Russian"),
    ("Summer school", "school", "English"),
    ("Совместная лаборатория", "joint_lab", "Russian"),
    ("联合实验室", "joint_lab", "Chinese"),
    ("Office abroad", "representative_office", "English"),
    ("Round table", "event", "English"),
    ("Patents", "patent", "English"),
    ("Awards & other", "other", "what fits no other"),
    ("Student olympiad", "event", "an event of students is no mobility"),
    ("Visiting professor", "mobility", "no visit of a delegation"),
    ("Honorary professor", "other", "nobody travels"),
    ("Medal for cooperation", "other", "no joint project"),
    ("软件著作权", "patent", "a right, not a writing"),
    ("培训中心", "joint_center", "a centre, whatever it is for"),
    ("学术交流会", "event", "a meeting, not an exchange"),
]


@pytest.mark.parametrize(("typed", "code", "why"), AGREEMENTS, ids=[f"{typed}: {why}" for typed, _, why in AGREEMENTS])
def test_agreement_types(typed: str, code: str, why: str) -> None:
    assert types.agreement_type(typed).value == code


@pytest.mark.parametrize(("typed", "code", "why"), OUTCOMES, ids=[f"{typed}: {why}" for typed, _, why in OUTCOMES])
def test_outcome_types(typed: str, code: str, why: str) -> None:
    assert types.outcome_type(typed).value == code


@pytest.mark.parametrize("typed", ["", "green", "42", "Москва"])
def test_refuses_unknown_words(typed: str) -> None:
    for read in (types.agreement_type, types.outcome_type):
        with pytest.raises(Unreadable):
            read(typed)


def test_the_title_or_the_sheet_tells_where_the_cell_is_empty_and_is_less_sure() -> None:
    assert types.agreement_type("", "Memorandum with LG").confidence < types.agreement_type("MoU").confidence
    assert types.outcome_type("", "Awards & other").value == "other"
    assert types.outcome_type("Event", "Joint publications").value == "event"
    with pytest.raises(Unsure) as refusal:
        types.outcome_type("", "Mobility & events")
    assert refusal.value.candidates == ("mobility", "event")


@pytest.mark.parametrize("written", ["visit", "Visit", "ВИЗИТ", "访问"])
def test_a_column_of_events_names_them_in_any_language(written: str) -> None:
    assert types.event(written).value == "visit"


@pytest.mark.parametrize("written", ["", "A visit of the ambassador", "Rain"])
def test_what_is_no_name_of_an_event_is_left_to_the_words_of_the_news(written: str) -> None:
    with pytest.raises(Unreadable):
        types.event(written)


@settings(deadline=None)  # tables load on first use
@given(st.text(), st.text())
def test_any_text_is_read_or_refused(text: str, title: str) -> None:
    for name, read in (("agreement_type", types.agreement_type), ("outcome_type", types.outcome_type)):
        try:
            assert read(text, title).value in types.vocabulary(name).codes
        except Unreadable as refusal:
            assert str(refusal)


VOCABULARIES = [
    ("agreement_types", "agreement_type_aliases", "agreement_type_rules"),
    ("outcome_types", "outcome_type_aliases", "outcome_type_rules"),
]


@pytest.mark.parametrize(("codes", "aliases", "rules"), [*VOCABULARIES, ("events", None, "event_rules")])
def test_every_code_is_named_once_in_every_language_and_every_alias_leads_to_one(codes: str, aliases: str | None, rules: str) -> None:
    known = [row["code"] for row in rows(codes)]
    assert len(known) == len(set(known))
    assert all(row[f"name_{language}"] for row in rows(codes) for language in ("en", "ru", "zh"))
    found: dict[str, str] = {}
    for row in rows(aliases) if aliases else ():
        assert row["code"] in known
        assert found.setdefault(fold(row["alias"]), row["code"]) == row["code"], row
    assert {row["code"] for row in rows(rules)} <= set(known)


@pytest.mark.parametrize(("codes", "aliases", "rules"), VOCABULARIES)
def test_a_code_and_its_names_read_as_themselves(codes: str, aliases: str, rules: str) -> None:
    read = types.agreement_type if codes == "agreement_types" else types.outcome_type
    for row in rows(codes):
        assert all(read(row[column]).value == row["code"] for column in ("code", "name_en", "name_ru", "name_zh"))


CASES = Path(__file__).parents[2] / "cases"


def share_read(name: str, read: Callable[[str], Read]) -> tuple[float, list[str]]:
    """Return the share of the cases that are read as one of their codes, and those that are not."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    wrong = [case["typed"] for case in cases if value(read, case["typed"]) not in case["codes"].split("|")]
    return 1 - len(wrong) / len(cases), wrong


def value(read: Callable[[str], Read], typed: str) -> str:
    try:
        return read(typed).value
    except Unreadable:
        return ""


@pytest.mark.parametrize(("name", "read"), [("kinds_of_documents", types.agreement_type), ("kinds_of_outcomes", types.outcome_type)])
def test_the_words_of_offices_are_read_but_for_one_in_a_hundred(name: str, read: Callable[[str], Read]) -> None:
    share, wrong = share_read(name, read)
    assert share >= 0.99, wrong


@pytest.mark.parametrize("name", ["agreement_type_rules", "outcome_type_rules"])
def test_no_rule_stands_twice_or_waits_for_words_after_its_end(name: str) -> None:
    patterns = [row["pattern"] for row in rows(name)]
    assert [pattern for pattern in set(patterns) if patterns.count(pattern) > 1] == []
    assert [pattern for pattern in patterns if not pattern or pattern.endswith("...")] == []
