"""An open question -> the answers that a person can choose from, and what each of them decides."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache

from etl.records import short_hash
from etl.reference import rows as reference_rows
from etl.text import clean

#: Sheet of the workbook -> the kinds of question on it, in the order of the tabs; every other kind stands on the last.
SHEETS: dict[str, tuple[str, ...]] = {
    "partners": ("partner",),
    "texts": ("field", "country", "agreement_type", "outcome_type", "date", "term", "number"),
    "agreements": ("agreement",),
    "news": ("news",),
    "other": (),
}
LANGUAGES = ("en", "ru", "zh")
#: Between the name of an agreement and its place, in an answer.
_AT = " @ "
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question needs so that its answer can become a decision; the names are those of :class:`Question`."""

    answers: tuple[str, ...] = ()
    country: str = ""
    about: str = ""
    proof: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the table ``review``: ``answers`` are what the candidates stand for in a decision, in their order."""

    id: str
    kind: str
    subject: str
    question: str
    candidates: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    country: str = ""
    about: str = ""
    proof: str = ""
    places: tuple[str, ...] = ()
    cells: int = 0

    @property
    def is_whole(self) -> bool:
        """Tell whether the id is that of this question: a row whose hidden cells were changed is not."""
        return self.id == question_id(self.kind, self.subject, self.question, self.country, self.about)

    @property
    def sheet(self) -> str:
        """Return the sheet on which the question stands."""
        return next((name for name, kinds in SHEETS.items() if self.kind in kinds), "other")

    def packed(self) -> str:
        """Return the question as one line of text, to be kept beside it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def unpacked(text: str) -> Question:
        """Return the question that ``text`` keeps.

        Raises:
            ValueError: it keeps none.
        """
        try:
            kept = json.loads(text)
            id_, kind, subject, question = (str(kept[name]) for name in ("id", "kind", "subject", "question"))
            candidates, answers, places = (tuple(map(str, kept[name])) for name in ("candidates", "answers", "places"))
            country, about, proof = (str(kept[name]) for name in ("country", "about", "proof"))
            return Question(id_, kind, subject, question, candidates, answers, country, about, proof, places, int(kept["cells"]))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("no question") from error


def question_id(kind: str, subject: str, question: str, country: str = "", about: str = "") -> str:
    """Return the id of a question: it stays while the same is asked of the same."""
    return short_hash(kind, subject, question, *(part for part in (country, _place(about)[0]) if part))


def harmless(text: str) -> str:
    """Return ``text`` without characters that a workbook cannot hold, and no longer than a cell can be.

    >>> harmless("a" + chr(1) + "b")
    'ab'
    """
    return _ILLEGAL.sub("", text)[:_LONGEST]


def named(name: str, place: str) -> str:
    """Return how an answer names what is more than a name: an agreement and its row, a proposal and the hash of its proof."""
    return f"{name}{_AT}{place}"


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the words of the workbook in ``language``."""
    return {row["key"]: row[language] for row in reference_rows("review_words")}


def is_word(key: str, text: str) -> bool:
    """Tell whether ``text`` is the word ``key`` in any language."""
    return any(clean(text) == clean(words(language)[key]) for language in LANGUAGES)


def labels(question: Question, language: str = "en") -> list[str]:
    """Return the candidates without their reasons, as the list of answers shows them.

    >>> labels(Question("", "field", "теплофизика", "", ("1.3",)), "ru")
    ['1.3 Физические науки']
    >>> labels(Question("", "partner", "TUG", "", ("TU Graz [org-tu-graz]: its acronym",)))
    ['TU Graz [org-tu-graz]']
    """
    return [_label(question.kind, each, language) for each in question.candidates]


def _label(kind: str, candidate: str, language: str) -> str:
    if kind == "partner":
        name, bracket, _ = candidate.partition("]: ")
        return name + bracket.strip(": ")
    return coded(kind, candidate, language) if kind in _NAMES else clean(candidate)


_NAMES = {
    "field": ("ford", "field_code"),
    "agreement_type": ("agreement_types", "code"),
    "outcome_type": ("outcome_types", "code"),
}


@cache
def names(kind: str, language: str = "en") -> Mapping[str, str]:
    """Return the names of the codes of ``kind``; none for a kind without a list."""
    file, column = _NAMES.get(kind, ("", ""))
    return {row[column]: row[f"name_{language}"] for row in reference_rows(file)} if file else {}


def coded(kind: str, code: str, language: str = "en") -> str:
    """Return a code with its name: a spreadsheet program turns a bare 2.5 into the second of May."""
    return f"{code} {names(kind, language)[code]}" if code in names(kind) else code


def choices(question: Question, language: str) -> list[str]:
    """Return every answer that can be chosen: the candidates, the other codes of a list, none of them, never again, later."""
    said = words(language)
    listed = labels(question, language) if question.answers else []
    others = [label for code in names(question.kind) if (label := coded(question.kind, code, language)) not in listed]
    none = {"texts": "none_text", "agreements": "none_agreement", "news": "none_news"}.get(question.sheet, "none_partner")
    has_none = question.sheet != "other" and (question.kind not in ("partner", "agreement", "news") or question.answers)
    return [*listed, *others, *([said[none]] if has_none else ()), said["never"], said["later"]]


def decisions(question: Question, answer: str, free: str) -> list[tuple[str, dict[str, str]]]:
    """Return the lines that an answer amounts to, as kind and cells; none for an answer that puts the question off.

    Raises:
        ValueError: the answer is none that can be chosen; the message says what to do.
    """
    if answer and free:
        raise ValueError("two answers in one row: empty one of them")
    if is_word("later", answer):
        return []
    if is_word("never", answer):
        return [("questions", {"question": f"q-{question.id}", "text": question.subject})]
    if is_word("none_text", answer) and question.sheet == "texts":
        return [_means(question, "-")]
    if any(is_word(key, answer) for key in ("none_partner", "none_agreement", "none_news")):
        return [_is(question, each, "not same") for each in question.answers]
    return [_chosen(question, clean(answer), clean(free))]


def _chosen(question: Question, answer: str, free: str) -> tuple[str, dict[str, str]]:
    if question.sheet == "texts":
        code = answer.partition(" ")[0]
        if free or code in names(question.kind):
            return _means(question, free or coded(question.kind, code))
        if answer in question.answers:
            return _means(question, answer)
    elif free and question.kind != "news":
        return _is(question, free, "same")
    at = next((index for index, label in enumerate(labels(question)) if clean(label) == answer), None)
    if at is None or at >= len(question.answers):
        raise ValueError(f"{free or answer!r} is not one of the answers: choose from the list, or write under 'Another answer'")
    return _is(question, question.answers[at], "same")


def _means(question: Question, value: str) -> tuple[str, dict[str, str]]:
    return "readings", {"kind": question.kind, "text": question.subject, "value": value}


def _is(question: Question, answer: str, verdict: str) -> tuple[str, dict[str, str]]:
    """Return the line that the subject of ``question`` is ``answer``, or is not."""
    if question.kind == "news":
        said, expect = _place(answer)
        what, _, value = said.partition(":")
        chosen = "accept" if verdict == "same" else "reject"
        return "news", {"news": question.about, "what": what, "value": value, "verdict": chosen, "expect": expect}
    if question.kind == "agreement":
        (one, one_at), (other, other_at) = (_place(each) for each in (question.about, answer))
        return "agreements", {"agreement": one, "agreement_at": one_at, "other": other, "other_at": other_at, "verdict": verdict}
    if verdict == "same":
        return "aliases", {"written": question.subject, "partner": answer, "country": question.country}
    return "same", {"one": question.subject, "two": answer, "verdict": verdict, "country": question.country}


def _place(named_at: str) -> tuple[str, str]:
    name, at, place = named_at.rpartition(_AT)
    return (name, place) if at else (named_at, "")


def open_questions(rows: Iterable[Mapping[str, object]]) -> list[Question]:
    """Return the rows of the table ``review`` as questions, those that hold up most cells first."""
    found = [
        Question(
            id=str(row["review_id"]), kind=str(row["review_kind"]), subject=str(row["subject"]), question=str(row["question"]),
            candidates=_texts(row.get("candidates")), answers=_texts(row.get("answers")), country=str(row.get("country_code") or ""),
            about=str(row.get("about_id") or ""), proof=str(row.get("proof") or ""), places=_texts(row.get("places")),
            cells=int(str(row["cell_count"])),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.cells, each.kind, each.subject, each.id))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()
