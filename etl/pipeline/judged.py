"""What people accepted and rejected of what was read out of the news, applied to links and events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from etl.decide.proposals import Proposals
from etl.normalise.types import vocabulary
from etl.records import Read, Tie
from etl.star.linked import Linked, Proof

#: Takes what the ties are to (agreement, outcome) and gives them as people decided.
Judge = Callable[[str, Sequence[Tie]], list[Tie]]


def unjudged(_: str, ties: Sequence[Tie]) -> list[Tie]:
    """Return ``ties`` as they are: nobody decided."""
    return list(ties)


def judge(proposals: Proposals) -> Judge:
    """Return what accepts and rejects the ties of news."""

    def judged(what: str, ties: Sequence[Tie]) -> list[Tie]:
        found = []
        for tie in ties:
            decided = proposals.verdict(tie.left, what, tie.right, tie.raw)
            if decided is None:
                found.append(tie)
            elif decided[0] == "accept":
                found.append(replace(tie, method="decision", confidence=1.0, accepted=True))
        return found

    return judged


def items(news: Iterable[Linked], proposals: Proposals) -> list[Linked]:
    """Return the news with the partners, countries, fields and event that people accepted, without those that they rejected."""
    return [_item(each, proposals) for each in news] if proposals.lines else list(news)


def _item(each: Linked, proposals: Proposals) -> Linked:
    links = [
        _links(each.id, what, proofs, proposals)
        for what, proofs in (("partner", each.partners), ("country", each.countries), ("field", each.fields))
    ]
    first = each.rows[0]
    event = first.event
    for code in vocabulary("event").codes:
        decided = proposals.verdict(each.id, "event", code, first.texts["title"])
        if decided and decided[0] == "accept":
            event = Read(code, "decision")
        elif decided and event and event.value == code:
            event = Read("other", "decision")
    return Linked(each.kind, each.id, [replace(first, event=event), *each.rows[1:]], *links)


def _links(news: str, what: str, proofs: Mapping[str, Proof], proposals: Proposals) -> dict[str, Proof]:
    found = {}
    for code, proof in proofs.items():
        decided = proposals.verdict(news, what, code, proof.raw)
        if decided is None:
            found[code] = proof
        elif decided[0] == "accept":
            found[code] = proof._replace(method="decision", confidence=1.0, accepted=True)
    return found
