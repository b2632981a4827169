"""The files for the analyst, by their path in a snapshot: each in every language, so that a snapshot does not depend on who asked for it.

The language of the office (``language`` in sources.yaml) has the plain names, any other its code in them: ``quality.ru.html``,
``quarantine.ru.xlsx``, ``annotated.ru/``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from etl.publish.annotated import Copies, copied
from etl.publish.given import Given
from etl.publish.quarantine import write_quarantine
from etl.publish.report import write_report
from etl.words.say import LANGUAGES, speaker

REPORT, QUARANTINE, ANNOTATED = "quality.html", "quarantine.xlsx", "annotated"


def called(name: str, language: str, own: str) -> str:
    """Return the name of an output in ``language`` where ``own`` is the language of the office.

    >>> called("quality.html", "ru", "ru"), called("quality.html", "ru", "en"), called("annotated", "ru", "en")
    ('quality.html', 'quality.ru.html', 'annotated.ru')
    """
    stem, dot, suffix = name.partition(".")
    return name if language == own else f"{stem}.{language}{dot}{suffix}"


def writers(given: Given, own: str) -> Mapping[str, Callable[[Path], None]]:
    """Return what writes each file, by its path in the snapshot; in this order the copies of a file share what they can."""
    paths, copies = copied(given), Copies(given)
    found: dict[str, Callable[[Path], None]] = {}
    for language in LANGUAGES:
        say = speaker(language)
        links = {name: f"{called(ANNOTATED, language, own)}/{path}" for name, path in paths.items()}
        other = {each: called(REPORT, each, own) for each in LANGUAGES if each != language}
        quarantine = called(QUARANTINE, language, own)
        found[called(REPORT, language, own)] = partial(
            write_report, given=given, say=say, quarantine=quarantine, copies=links, others=other
        )
        found[quarantine] = partial(write_quarantine, given=given, say=say)
    for name, path in paths.items():
        for language in LANGUAGES:
            found[f"{called(ANNOTATED, language, own)}/{path}"] = partial(copies.write, name=name, say=speaker(language))
    return found
