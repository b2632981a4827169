"""What the steps of building the tables share, and add findings and questions to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from etl.decide.questions import Asked, question_id
from etl.home import Home
from etl.pipeline.people import People
from etl.readings import Readings
from etl.records import Finding
from etl.tables import Review


@dataclass(slots=True)
class Work:
    """What the steps of building add to."""

    findings: list[Finding]
    readings: Readings
    people: People
    home: Home
    reviews: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ask(self, kind: str, subject: str, question: str, candidates: Iterable[str], cells: int, extra: Asked | None = None) -> None:
        """Add a question for a person, unless somebody said not to ask it again."""
        more = extra or Asked()
        key = question_id(kind, subject, question, more.country, more.about)
        if self.people.is_silenced(key):
            return
        self.reviews[key] = {
            Review.id: key, Review.kind: kind, Review.subject: subject, Review.question: question,
            Review.candidates: list(candidates), Review.cells: cells, Review.answers: list(more.answers),
            Review.country: more.country or None, Review.about: more.about or None, Review.proof: more.proof or None,
            Review.places: list(more.places),
        }  # fmt: skip
