"""Words for how far an outcome has come -> planned or achieved."""

from __future__ import annotations

from functools import cache, lru_cache

from etl.errors import Unreadable
from etl.normalise.keywords import Rule, first, rules
from etl.reference import rows


@cache
def _rules() -> tuple[Rule, ...]:
    return rules(rows("status_words"), gives="state")


@cache
def _of_agreements() -> tuple[Rule, ...]:
    return rules(rows("agreement_status_words"), gives="state")


@lru_cache(maxsize=4096)
def is_of_agreement(text: str) -> bool:
    """Tell whether ``text`` says how an agreement stands: in words of agreements, or in those of anything else that is done.

    >>> [is_of_agreement(text) for text in ("Active until 2027", "Расторгнут", "有效", "signed", "Purple")]
    [True, True, True, True, False]
    """
    return first((*_of_agreements(), *_rules()), text) is not None


def planned(text: str) -> bool:
    """Tell whether ``text`` says that the outcome is still to come.

    What was begun and then suspended has been achieved; what is agreed, proposed or applied for has not.

    >>> planned("under discussion"), planned("подана заявка"), planned("реализован"), planned("suspended")
    (True, True, False, False)
    >>> planned("green")
    Traceback (most recent call last):
    etl.errors.Unreadable: not a known status: 'green'
    """
    found = first(_rules(), text)
    if found is None:
        raise Unreadable(f"not a known status: {text!r}")
    return found.gives == "planned"
