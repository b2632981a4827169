import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable, Unsure
from etl.normalise import types
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


EVENTS = [
    ("", "SPbPU and TU Graz sign a memorandum", "", "signing"),
    ("", "Делегация посетила Политех", "", "visit"),
    ("", "A joint laboratory opens in Xi'an", "", "lab_opening"),
    ("", "Strategic partnership extended", "The agreement was prolonged for five years.", "renewal"),
    ("", "Ректору вручена медаль", "", "award"),
    ("", "Partners", "A conference on robotics gathered a hundred people.", "conference"),
    ("visit", "SPbPU and TU Graz sign a memorandum", "", "visit"),
    ("", "", "", "other"),
]


@pytest.mark.parametrize(("written", "title", "body", "code"), EVENTS)
def test_events(written: str, title: str, body: str, code: str) -> None:
    assert types.event(written, title, body).value == code


@settings(deadline=None)  # tables load on first use
@given(st.text(), st.text(), st.text())
def test_any_text_is_read_or_refused(text: str, title: str, body: str) -> None:
    assert types.event(text, title, body).value in types.vocabulary("event").codes
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
