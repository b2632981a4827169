"""What a chapter says in words before its figures: neutral sentences, true for nothing, for one, for few and for many.

The year is compared with the year before only when it is over. Below :data:`~dashboard.figures.sentences.FEW` records nothing is ranked
and no share is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.figures.sentences import FEW
from dashboard.figures.words import AGREEMENT_TYPES, AGREEMENTS, COUNTRIES, OUTCOME_TYPES, OUTCOMES, PARTNERS, word
from dashboard.filters import Selection
from dashboard.indicators.stock import IN_STOCK, NO_END
from dashboard.locale import Say
from dashboard.marks import JOIN, NONE
from dashboard.pages import attention
from dashboard.report import wording
from dashboard.report.document import Paragraph, Style
from dashboard.report.facts import Fact, Facts
from dashboard.report.telling import Telling
from dashboard.report.year import Year
from etl.tables import Run

Names = Callable[[str, str], str]
"""From a kind (``country``, ``field``, ``partner``) and a code to its name in the language."""
LEADERS, LONGEST = 3, 5


class Prose:
    """The sentences of a report in one language."""

    def __init__(self, facts: Facts, year: Year, say: Say, names: Names) -> None:
        """Say what ``facts`` know of ``year``."""
        self.facts, self.year, self.say, self._names = facts, year, say, names

    def summary(self) -> list[Paragraph]:
        """Return what happened in the year, and what there is by its end."""
        told = [self.signed("bullet"), self.came("bullet"), self.reported("bullet"), *self.state("bullet"), *self.new_partners("bullet")]
        told += [*self.new_countries("bullet"), *self._leaders("country", "bullet"), *self.in_force("bullet"), *self.due("bullet")]
        return told

    def geography(self) -> list[Paragraph]:
        """Return the countries with most agreements, those that are new, and how many agreements name none."""
        told = [*self._leaders("country"), *self.new_countries(), *self._unnamed("agreement_countries", wording.NO_COUNTRY)]
        return [*told, self._plain(wording.OVERLAP)] if self._leaders("country") else told

    def fields(self) -> list[Paragraph]:
        """Return the fields with most agreements, and how many agreements name none."""
        return [*self._leaders("field"), *self._unnamed("agreement_fields", wording.NO_FIELD)]

    def partners(self) -> list[Paragraph]:
        """Return the partners with most agreements and those that are new."""
        return [*self._leaders("partner"), *self.new_partners()]

    def agreements(self) -> list[Paragraph]:
        """Return how many were signed, of which types, how many are in force, and how many have no date."""
        tell = Telling(self.say)
        items = self._items("agreement_types", self.year.within(), lambda code: word(self.say, AGREEMENT_TYPES, code))
        types = [tell.told(self.say(wording.BY_TYPE, year=tell.year(self.year.year), items=tell.items(items)))] if items else []
        return [self.signed(), *types, *self.state(), *self.in_force()]

    def outcomes(self) -> list[Paragraph]:
        """Return how many outcomes there were, of which types, with which countries, and how many are only planned."""
        tell = Telling(self.say)
        items = self._items("outcome_types", self.year.within(), lambda code: word(self.say, OUTCOME_TYPES, code))
        types = [tell.told(self.say(wording.OUTCOMES_BY_TYPE, year=tell.year(self.year.year), items=tell.items(items)))] if items else []
        return [self.came(), *types, *self._outcome_countries(), *self._planned()]

    def expiring(self) -> list[Paragraph]:
        """Return how many agreements need a decision, for which reasons, by which rules, and of how many the end is not stated."""
        told = self.due()
        for reason, (name, rule) in attention.REASONS.items():
            found = self.facts.one("due", Selection(), reason)
            if found.value:
                tell = Telling(self.say)
                values = {
                    "days": tell.number(self.facts.one("rules", code="days")) if "{days}" in rule else "",
                    "months": tell.number(self.facts.one("rules", code="months")) if "{months}" in rule else "",
                    "date": tell.date(self.year.as_of),
                }
                said = self.say(rule, **values)
                told.append(tell.told(self.say(wording.REASON, reason=self.say(name), n=tell.number(found), rule=said), "bullet"))
        unknown = self.facts.one("due", Selection(), "unknown")
        if unknown.value:
            tell = Telling(self.say)
            told.append(tell.told(tell.count(wording.END_UNKNOWN, unknown)))
        return told

    def data(self) -> list[Paragraph]:
        """Return what became of every row, how many findings there are, and how many questions are open."""
        tell = Telling(self.say)
        columns = {"files": Run.files, "rows": Run.rows, "loaded": Run.loaded, "merged": Run.merged, "refused": Run.quarantined,
                   "other": Run.not_data}  # fmt: skip
        values = {name: tell.number(self.facts.one("rows", code=str(column))) for name, column in columns.items()}
        told = [tell.told(self.say(wording.ROWS_READ, **values))]
        tell = Telling(self.say)
        found = {name: tell.number(self.facts.one("findings", code=code))
                 for name, code in (("errors", "error"), ("warnings", "warning"), ("notes", "note"))}  # fmt: skip
        told.append(tell.told(tell.count(wording.FOUND, self.facts.one("findings"), **found)))
        questions = self.facts.one("findings", code="questions")
        if questions.value:
            tell = Telling(self.say)
            told.append(tell.told(tell.count(wording.ASKED, questions)))
        return told

    def so_far(self) -> list[Paragraph]:
        """Return that the year is not over, where it is not."""
        if not self.year.is_open:
            return []
        tell = Telling(self.say)
        years = {"year": tell.year(self.year.year), "before": tell.year(self.year.year - 1)}
        return [tell.told(self.say(wording.SO_FAR, date=tell.date(self.year.as_of), **years), "note")]

    def signed(self, style: Style = "body") -> Paragraph:
        """Return how many agreements were signed, against the year before."""
        return self._compared("agreements", wording.SIGNED, wording.SIGNED_SO_FAR, wording.NONE_SIGNED, style)

    def came(self, style: Style = "body") -> Paragraph:
        """Return how many outcomes are of the year, against the year before."""
        return self._compared("outcomes", wording.CAME, wording.CAME_SO_FAR, wording.NONE_CAME, style)

    def reported(self, style: Style = "body") -> Paragraph:
        """Return how many news items were published, against the year before."""
        return self._compared("news", wording.REPORTED, wording.REPORTED_SO_FAR, wording.NONE_REPORTED, style)

    def _compared(self, question: str, texts: tuple[str, str], so_far: tuple[str, str], none: str, style: Style) -> Paragraph:
        tell, year = Telling(self.say), self.year.year
        now, before = self.facts.one(question, self.year.within()), self.facts.one(question, self.year.within(year - 1))
        what = self.say(none, year=tell.year(year)) if not now.value else tell.count(
            so_far if self.year.is_open else texts, now, year=tell.year(year)
        )  # fmt: skip
        if self.year.is_open:
            return tell.told(self.say(wording.ONLY, what=what), style)
        then = {"before": tell.year(year - 1)}
        if not now.value and not before.value:
            return tell.told(self.say(wording.NEITHER, what=what, **then), style)
        if now.value == before.value:
            return tell.told(self.say(wording.SAME, what=what, **then), style)
        then["n"] = tell.number(before)
        if not now.value:
            return tell.told(self.say(wording.NOTHING_THEN, what=what, **then), style)
        text = wording.MORE if now.value > before.value else wording.FEWER
        return tell.told(self.say(text, what=what, by=tell.number(now.minus(before)), **then), style)

    def state(self, style: Style = "body") -> list[Paragraph]:
        """Return what there is by the end of the year, and how many agreements belong to no year."""
        tell, up_to = Telling(self.say), self.year.up_to()
        whole = self.facts.one("agreements", up_to)
        if whole.value:
            said = {
                "agreements": tell.count(AGREEMENTS, whole),
                "partners": tell.count(PARTNERS, self.facts.one("partners", up_to)),
                "countries": tell.count(COUNTRIES, self.facts.one("countries", up_to)),
            }
            when = {"date": tell.date(self.year.as_of)} if self.year.is_open else {"year": tell.year(self.year.year)}
            told = [tell.told(self.say(wording.HOLD_NOW if self.year.is_open else wording.HOLD, **said, **when), style)]
        else:
            told = [tell.told(self.say(wording.HOLD_NOTHING, year=tell.year(self.year.year)), style)]
        undated = self.facts.one("agreement_years", code=NONE)
        if undated.value:
            tell = Telling(self.say)
            told.append(tell.told(tell.count(wording.NOT_DATED, undated), style))
        return told

    def new_partners(self, style: Style = "body") -> list[Paragraph]:
        """Return the partners whose first dated agreement is of the year."""
        return self._new("partner", wording.NEW_PARTNERS, style)

    def new_countries(self, style: Style = "body") -> list[Paragraph]:
        """Return the countries whose first dated agreement is of the year."""
        found = self._new("country", wording.NEW_COUNTRIES, style)
        if found or not self.facts.one("agreements", self.year.within()).value:
            return found
        tell = Telling(self.say)
        return [tell.told(self.say(wording.NO_NEW_COUNTRY, year=tell.year(self.year.year)), style)]

    def _new(self, kind: str, texts: tuple[str, str], style: Style) -> list[Paragraph]:
        question = {"partner": "partners", "country": "countries"}[kind]
        number = self.facts.one(question, self.year.up_to(), str(self.year.year))
        if not number.value:
            return []
        linked = f"agreement_{question}"
        earlier = self.facts.all(linked, Selection(until=self.year.year - 1))
        codes = [code for code in self.facts.all(linked, self.year.within()) if code != NONE and code not in earlier]
        tell = Telling(self.say)
        names = tell.names(sorted((self._names(kind, code) for code in codes), key=self.say.order), number)
        return [tell.told(tell.count(texts, number, year=tell.year(self.year.year), names=names), style)]

    def in_force(self, style: Style = "body") -> list[Paragraph]:
        """Return how many agreements were in force at the end of the year, and of how many the end is not stated."""
        known = self.facts.one("in_force", code=f"{self.year.year}{JOIN}{IN_STOCK}")
        unknown = self.facts.one("in_force", code=f"{self.year.year}{JOIN}{NO_END}")
        if not known.value and not unknown.value:
            return []
        tell = Telling(self.say)
        said = tell.count(wording.IN_FORCE, known, date=tell.date(self.year.last_day), unknown=tell.number(unknown))
        return [tell.told(said, style)]

    def due(self, style: Style = "body") -> list[Paragraph]:
        """Return how many agreements need a decision as of the snapshot."""
        tell, number = Telling(self.say), self.facts.one("due")
        day = tell.date(self.year.as_of)
        return [tell.told(tell.count(wording.DUE, number, date=day) if number.value else self.say(wording.NOTHING_DUE, date=day), style)]

    def _leaders(self, kind: str, style: Style = "body") -> list[Paragraph]:
        """Return the first three of the year's end, with those that are equal to the third; nothing where there are too few."""
        text = {"country": wording.LEAD_COUNTRIES, "field": wording.LEAD_FIELDS, "partner": wording.LEAD_PARTNERS}[kind]
        question = {"country": "agreement_countries", "field": "agreement_fields", "partner": "agreement_partners"}[kind]
        tell, whole = Telling(self.say), self.facts.one("agreements", self.year.up_to())
        if not whole.value:
            return []
        if whole.value < FEW:
            return [tell.told(self.say(wording.TOO_FEW, what=tell.count(AGREEMENTS, whole), year=tell.year(self.year.year)), style)]
        items = self._items(question, self.year.up_to(), lambda code: self._names(kind, code), LEADERS)
        if not items:
            return []
        what = tell.count(AGREEMENTS, whole)
        return [tell.told(self.say(text, year=tell.year(self.year.year), what=what, items=tell.items(items, whole)), style)]

    def _outcome_countries(self) -> list[Paragraph]:
        tell, whole = Telling(self.say), self.facts.one("outcomes", self.year.within())
        items = self._items("outcome_countries", self.year.within(), lambda code: self._names("country", code), LEADERS)
        if whole.value < FEW or not items:
            return []
        what = tell.count(OUTCOMES, whole)
        return [tell.told(self.say(wording.LEAD_OUTCOMES, year=tell.year(self.year.year), what=what, items=tell.items(items, whole)))]

    def _planned(self) -> list[Paragraph]:
        tell, number = Telling(self.say), self.facts.one("planned", self.year.within())
        return [tell.told(tell.count(wording.PLANNED, number, year=tell.year(self.year.year)))] if number.value else []

    def _unnamed(self, question: str, texts: tuple[str, str]) -> list[Paragraph]:
        tell, number = Telling(self.say), self.facts.one(question, self.year.up_to(), NONE)
        return [tell.told(tell.count(texts, number))] if number.value else []

    def _items(self, question: str, selection: Selection, name: Callable[[str], str], most: int = 0) -> list[tuple[str, Fact]]:
        """Return names and numbers, the largest first; with ``most``, as many and those equal to the last, unless that is too many."""
        answers = {code: n for code, n in self.facts.all(question, selection).items() if code != NONE}
        ranked = sorted(answers, key=lambda code: (-answers[code], self.say.order(name(code))))
        kept = ranked if not most else _first(ranked, answers, most)
        return [(name(code), self.facts.one(question, selection, code)) for code in kept]

    def _plain(self, text: str) -> Paragraph:
        return Paragraph(self.say(text), "note")


def _first(ranked: list[str], answers: Mapping[str, float], most: int) -> list[str]:
    """Return the first ``most`` and those that are equal to the last of them; where these are too many, none of the equal ones.

    >>> _first(["a", "b", "c", "d"], {"a": 3, "b": 2, "c": 1, "d": 1}, 3)
    ['a', 'b', 'c', 'd']
    >>> _first(list("abcdefg"), {"a": 3} | dict.fromkeys("bcdefg", 1), 3)
    ['a']
    """
    if len(ranked) <= most:
        return ranked
    least = answers[ranked[most - 1]]
    kept = [code for code in ranked if answers[code] >= least]
    return kept if len(kept) <= LONGEST else [code for code in ranked if answers[code] > least]
