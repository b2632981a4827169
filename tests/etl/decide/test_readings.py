"""A text means what a person said, if there is such a value."""

from __future__ import annotations

import pytest

from etl.decide.readings import Rulings, rulings
from etl.pipeline.people import VALUES
from etl.records import ruling_key
from tests.etl.decide.conftest import lines


def decided(*rows: str) -> Rulings:
    body = "\n".join(f"{row}|Anna|2026-11-22|because" for row in rows)
    return rulings(lines(f"kind|text|value|by|on|why\n{body}"), VALUES)


GOOD = [
    ("field|теплофизика|1.3", "1.3"),
    ("field|теплофизика|1.3 Physical sciences", "1.3"),
    ("field|теплофизика|Физические науки", "1.3"),
    ("field|roadmap|-", ""),
    ("country|Holland and so on|NLD", "NLD"),
    ("country|Holland and so on|Нидерланды", "NLD"),
    ("country|Middle East|names none", ""),
    ("agreement type|Frame|memorandum_of_understanding", "memorandum_of_understanding"),
    ("agreement_type|Frame|Меморандум о взаимопонимании", "memorandum_of_understanding"),
    ("outcome_type|Weather|school", "school"),
    ("date|Michaelmas 2019|2019-09", "2019-09"),
    ("term|for ever and a day|60", "60"),
    ("term|for a while|5 years", "60"),
    ("number|a dozen|12", "12"),
]


@pytest.mark.parametrize(("row", "value"), GOOD)
def test_a_value_is_a_code_a_name_or_nothing(row: str, value: str) -> None:
    found = decided(row)
    assert not found.findings
    kind, text, _ = row.split("|")
    ruling = found.rulings[ruling_key(kind.replace(" ", "_"), text)]
    assert (ruling.value, ruling.said) == (value, "Anna, 2026-11-22: because")


BAD = [
    ("field|x|9.9", "is no research field"),
    ("field|x|02.май", "is no research field"),
    ("country|x|Atlantis", "Atlantis"),
    ("country|x|XXX", "XXX"),
    ("agreement_type|x|handshake", "none of the types"),
    ("outcome_type|x|-", "without a type"),
    ("date|x|2019-02-30", "the day does not exist"),
    ("date|x|5.3.2019", "no date of the form"),
    ("number|x|many", "no whole number"),
    ("term|x|soon", "soon"),
    ("colour|x|red", "no kind of text"),
]


@pytest.mark.parametrize(("row", "message"), BAD)
def test_an_unknown_code_is_refused_with_file_and_line(row: str, message: str) -> None:
    found = decided(row, "field|y|1.1")
    assert len(found.rulings) == 1
    (finding,) = found.findings
    assert (finding.code, finding.file, finding.row) == ("bad_decision", "decisions/a.csv", 2)
    assert message in finding.message


def test_two_values_of_one_text_are_both_refused_and_named() -> None:
    found = decided("field|Road map|1.1", "field|road  map|1.2", "field|y|1.1")
    assert list(found.rulings) == [("field", "y")]
    assert [(finding.row, finding.code) for finding in found.findings] == [(2, "contradictory_decision"), (3, "contradictory_decision")]
    assert "decisions/a.csv, line 3" in found.findings[0].message
