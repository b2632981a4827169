"""What people decided about partners beats every rule, and holds however the rows are ordered."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import Unreadable, Unsure
from etl.link.partners import Decided, Directory, Group, Mention


def mention(text: str, country: str = "", title: str = "") -> Mention:
    return Mention(text, frozenset({country} - {""}), title)


def group(*names: str, country: str = "") -> Group:
    return Group(tuple((name, "" if name.startswith("org-") else country) for name in names), "Anna, 2026-11-22: because")


def who(decided: Decided, *mentions: Mention) -> list[str]:
    resolution = Directory(decided=decided).resolve(mentions)
    ids = {partner.id for partner in resolution.partners}
    assert {answer.partner_id for answer in resolution.of.values()} <= ids
    assert len(ids) == len(resolution.partners)
    return [resolution.of[each].partner_id for each in mentions]


def apart(*names: str) -> Decided:
    return Decided(tuple(group(name) for name in names), tuple(itertools.combinations(range(len(names)), 2)))


def test_an_alias_leads_to_an_id_or_a_name() -> None:
    decided = Decided((group("the Grazers", "org-tu-graz"), group("the Berliners", "ТУ Берлин"), group("Foo 1", "Foo Bar University")))
    found = who(decided, mention("The  grazers"), mention("the Berliners"), mention("Foo 1"), mention("Foo Bar University", "NGA"))
    assert found[:2] == ["org-tu-graz", "org-tu-berlin"]
    assert found[2] == found[3]


def test_the_reason_is_who_decided() -> None:
    directory = Directory(decided=Decided((group("the Grazers", "org-tu-graz"),)))
    asked = mention("the Grazers")
    answer = directory.resolve([asked]).of[asked]
    assert (answer.method, answer.confidence, answer.reason) == ("decision", 1.0, "Anna, 2026-11-22: because")
    assert directory.rulings.said(asked) == "Anna, 2026-11-22: because"
    assert directory.find("the grazers").value == "org-tu-graz"


def test_the_id_of_a_new_partner_leads_to_it() -> None:
    (new,) = who(Decided(), mention("Foo Bar University", "NGA"))
    assert new.startswith("p-")
    one, two = who(Decided((group("F. B.", new),)), mention("Foo Bar University", "NGA"), mention("F. B."))
    assert one == two


def test_an_id_that_nobody_has_is_told() -> None:
    directory = Directory(decided=Decided((group("Foo", "org-of-nowhere"),)))
    directory.resolve([mention("Foo")])
    assert directory.rulings.unknown == ["org-of-nowhere"]


def test_same_joins_what_the_rules_keep_apart() -> None:
    names = [mention("Foobar University", "NGA"), mention("Quuxland Polytechnic", "GHA"), mention("Unrelated Institute of Zed", "NGA")]
    one, two, other = who(Decided((group("Foobar University", "quuxland polytechnic"),)), *names)
    assert one == two != other


def test_same_with_a_known_name_is_that_partner() -> None:
    decided = Decided((group("The Styrian School", "Graz University of Technology"),))
    assert who(decided, mention("The Styrian School", "AUT")) == ["org-tu-graz"]


def test_two_listed_partners_can_be_called_one() -> None:
    decided = Decided((group("org-tu-graz", "org-tu-berlin"),))
    assert who(decided, mention("TU Graz", "AUT"), mention("TU Berlin", "DEU")) == ["org-tu-graz", "org-tu-graz"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (mention("TU Graz", "AUT"), mention("Graz University of Technology", "AUT")),
        (mention("Foobar University", "NGA"), mention("University of Foobar", "NGA")),
        (mention("Foobarian University", "NGA"), mention("Foobarjan University", "NGA")),
        (mention("Foo Bar University (FOBU)", "NGA"), mention("FOBU", "NGA")),
        (mention("Foo Bar University", "NGA"), mention("FBU", "NGA", "Agreement with Foo Bar University")),
        (mention("TUHH", "DEU"), mention("Hamburg University of Technology", "DEU")),
    ],
)
def test_not_same_beats_every_rule(one: Mention, two: Mention) -> None:
    assert len(set(who(Decided(), one, two))) == 1, "the rules make one of them"
    assert len(set(who(apart(one.text, two.text), one, two))) == 2
    assert len(set(who(apart(two.text, one.text), two, one))) == 2


def test_the_shown_name_keeps_the_partner() -> None:
    found = who(
        apart("TU Graz", "Graz University of Technology"), mention("TU Graz", "AUT"), mention("Graz University of Technology", "AUT")
    )
    assert found[0].startswith("p-")
    assert found[1] == "org-tu-graz"


def test_a_name_is_kept_from_an_id() -> None:
    decided = Decided((group("TU Graz"), group("org-tu-graz")), ((0, 1),))
    one, two = who(decided, mention("TU Graz", "AUT"), mention("Graz University of Technology", "AUT"))
    assert one != two == "org-tu-graz"
    with pytest.raises((Unsure, Unreadable)):
        Directory(decided=decided).find("TU Graz")


def test_the_names_of_a_listed_partner_are_those_that_people_left_and_gave_it() -> None:
    listed = Directory().known.by_id["org-tu-graz"]
    decided = Decided((group("the Grazers", "org-tu-graz"), group("TU Graz")), ((0, 1),))
    names = Directory(decided=decided).names_of(listed)
    assert "TU Graz" in listed.names
    assert "TU Graz" not in names
    assert "the Grazers" in names
    assert Directory().names_of(listed) == listed.names


def test_an_alias_of_a_group_is_kept_apart_with_it() -> None:
    decided = Decided((group("Foobar One", "Foobar University"), group("University of Foobar")), ((0, 1),))
    names = [mention(text, "NGA") for text in ("Foobar One", "Foobar University", "University of Foobar")]
    one, two, three = who(decided, *names)
    assert one == two != three


def test_a_decision_for_one_country_leaves_the_others_alone() -> None:
    decided = Decided((Group((("UPM", "MYS"), ("org-tu-graz", "")), "x"),))
    assert who(decided, mention("UPM", "MYS"), mention("UPM", "ESP")) == ["org-tu-graz", "org-upm"]


def test_a_decided_name_is_not_cut_at_its_commas() -> None:
    text = "TU Graz, TU Berlin"
    assert Directory().split(text) == ["TU Graz", "TU Berlin"]
    assert Directory(decided=Decided((group(text, "org-tu-graz"),))).split(text) == [text]


def test_what_was_decided_is_not_asked_again() -> None:
    row = mention("University of Granada", "MEX")
    (question,) = Directory().resolve([row]).questions
    assert question.answers[0] == "org-ugr"
    assert question.country == "MEX", "the name is that of the university in Spain, which an answer must not touch"
    one = Group((("University of Granada", "MEX"),), "x")
    no = Decided((one, Group((("org-ugr", ""),))), ((0, 1),))
    left = [answer for each in Directory(decided=no).resolve([row]).questions for answer in each.answers]
    assert "org-ugr" not in left
    yes = Decided((Group((*one.names, ("org-ugr", "")), "x"),))
    assert Directory(decided=yes).resolve([row]).questions == ()


TEXTS = ["TU Graz", "Graz University of Technology", "TUG", "Foobar University", "University of Foobar", "Foobarian University",
         "Foobarjan University", "Foo Bar University", "FBU", "Foo Bar University (FBU)", "Университет Фубар"]  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(["", "NGA", "AUT"])), min_size=2, max_size=10),
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=6),
    st.randoms(),
)
def test_two_names_that_were_told_apart_never_end_in_one_partner(rows, pairs, order) -> None:
    told = tuple((a, b) for a, b in pairs if a != b)
    decided = Decided(tuple(group(text) for text in TEXTS), told)
    mentions = [mention(text, country, f"Agreement with {TEXTS[7]}") for text, country in rows]
    found = dict(zip(mentions, who(decided, *mentions), strict=True))
    for a, b in told:
        ours = {found[each] for each in mentions if each.text == TEXTS[a]}
        theirs = {found[each] for each in mentions if each.text == TEXTS[b]}
        assert ours.isdisjoint(theirs), (TEXTS[a], TEXTS[b])
    shuffled = list(mentions)
    order.shuffle(shuffled)
    assert dict(zip(shuffled, who(decided, *shuffled), strict=True)) == found
