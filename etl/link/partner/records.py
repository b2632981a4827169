"""What linking partners takes and gives: a mention in a cell, a partner, how one led to the other, and what is to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from etl.records import RunPartner


class Mention(NamedTuple):
    """A partner as a cell writes it, the countries of its row, and the title of its row."""

    text: str
    country_codes: frozenset[str] = frozenset()
    title: str = ""


class Translation(NamedTuple):
    """Two names that a row gives of one partner, each in the language that its column is for; empty where the column says none."""

    one: Mention
    two: Mention
    languages: tuple[str, str]


class Resolved(NamedTuple):
    """Who a mention is, how that was found (reference, alias, acronym + country, acronym + title, spelling, new, decision), how sure."""

    partner_id: str
    method: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A form that may be another partner: candidates best first, each with its reason; ``cells`` wait for the answer.

    ``answers`` are the candidates as a decision names them: the id of a listed partner, the name of another. ``country`` is
    set where the form means somebody else in rows of other countries.
    """

    subject: str
    question: str
    candidates: tuple[str, ...]
    cells: int
    partner_id: str
    answers: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who every mention is, all partners sorted by id, and what a person should decide."""

    of: Mapping[Mention, Resolved]
    partners: tuple[RunPartner, ...]
    questions: tuple[Question, ...]
