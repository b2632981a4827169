"""The data-quality report that a non-programmer reads: one HTML file that opens from disk, without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.publish.findings import findings, refused_rows
from etl.publish.given import Given
from etl.publish.page import link, page, said, section, table
from etl.tables import Review, Run, SourceColumn, SourceFile
from etl.words import outputs as words
from etl.words.messages import detail_said
from etl.words.say import Say
from etl.words.types import candidate_said, type_said

_MOST_QUESTIONS = 200
_MOST_CANDIDATES = 5


def write_report(path: Path, given: Given, say: Say, quarantine: str, copies: Mapping[str, str], others: Mapping[str, str]) -> None:
    """Write the report; ``quarantine`` and ``copies`` (by file) are the files beside it, ``others`` the report in other languages."""
    parts = {
        "read": (words.READ, _read(given, say)),
        "refused": (words.REFUSED_ROWS, _refused(given, say, quarantine)),
        "findings": (words.FINDINGS, findings(given, say, copies)),
        "columns": (words.UNUSED, _unused(given, say)),
        "questions": (words.QUESTIONS, _questions(given, say)),
    }
    contents = "".join(f'<li><a href="#{name}">{said(say(title))}</a></li>' for name, (title, _) in parts.items())
    body = "".join(
        [
            _head(given, say, others),
            f'<nav aria-label="{said(say(words.CONTENTS))}"><ul>{contents}</ul></nav>',
            _beside(say, quarantine, copies),
            "<main>",
            *(part for _, part in parts.values()),
            "</main>",
        ]
    )
    path.write_text(page(say.language, say(words.TITLE), body), "utf-8", newline="\n")


def _head(given: Given, say: Say, others: Mapping[str, str]) -> str:
    run = given.run
    whole, refused, files = run[Run.rows], run[Run.quarantined], run[Run.refused]
    percent = 100 * (whole - refused) / whole if whole else 100
    share = say.number(100 if percent == 100 else min(99.9, round(percent, 1)))
    answer = say(words.SOME_REFUSED, percent=share, rows=say.number(whole), refused=say.number(refused))
    answer = answer if refused else say.count(words.ALL_LOADED, whole)
    if files:
        answer += f" {say.count(words.FILES_REFUSED, files)}"
    names = {Run.rows: words.ROWS, Run.loaded: words.LOADED, Run.merged: words.MERGED, Run.quarantined: words.QUARANTINED,
             Run.not_data: words.NOT_DATA}  # fmt: skip
    numbers = "".join(f"<li><b>{said(say.number(run[name]))}</b>{said(say(text))}</li>" for name, text in names.items())
    total = say(words.SUM, read=say.number(whole), loaded=say.number(run[Run.loaded]), merged=say.number(run[Run.merged]),
                quarantined=say.number(refused), not_data=say.number(run[Run.not_data]))  # fmt: skip
    languages = " ".join(link(path, words.LANGUAGE_LINK[language]) for language, path in others.items())
    as_of = say(words.AS_OF, date=say.date(run[Run.as_of]), id=run[Run.id])
    return (
        f'<header><div class="top"><h1>{said(say(words.TITLE))}</h1><span>{languages}</span></div><p class="soft">{said(as_of)}</p>'
        f'<p class="answer">{said(answer)}</p><ul class="numbers">{numbers}</ul><p class="soft">{said(total)}</p></header>'
    )


def _beside(say: Say, quarantine: str, copies: Mapping[str, str]) -> str:
    lines = [f"<li>{link(quarantine, say(words.QUARANTINE_LINK))}</li>"]
    if copies:
        listed = say.listed(link(path, name) for name, path in copies.items())
        lines.append(f"<li>{say.about(said(say(words.ANNOTATED_LINK)), listed)}</li>")
    return f'<section class="beside"><h4>{said(say(words.BESIDE))}</h4><ul>{"".join(lines)}</ul></section>'


def _read(given: Given, say: Say) -> str:
    texts = (words.ROWS, words.LOADED, words.MERGED, words.QUARANTINED, words.NOT_DATA)
    heads = [(say(words.FILE), ""), (say(words.SHEET), ""), *((say(text), "n") for text in texts)]
    lines = [[said(file), said(sheet or "–"), *(said(say.number(n)) for n in numbers)] for file, sheet, *numbers in given.sheets]
    totals = [sum(each[at] for each in given.sheets) for at in range(2, 7)]  # type: ignore[misc]
    lines.append([said(say(words.ALL)), "", *(said(say.number(n)) for n in totals)])
    ignored = [file for file in given.files if file[SourceFile.verdict] == "ignored"]
    below = ""
    if ignored:
        cells = [[said(file[SourceFile.name]), said(_said(say, file[SourceFile.message]))] for file in ignored]
        below = f"<h4>{said(say(words.IGNORED))}</h4>{table([(say(words.FILE), ''), (say(words.WHY), '')], cells)}"
    return section("read", say(words.READ), say(words.READ_NOTE), table(heads, lines, "all"), _soft(say(words.MERGED_NOTE)), below)


def _refused(given: Given, say: Say, quarantine: str) -> str:
    files = [file for file in given.files if file[SourceFile.verdict] == "refused"]
    parts = []
    if files:
        cells = [[said(file[SourceFile.name]), said(_said(say, file[SourceFile.message]))] for file in files]
        heads = [(say(words.FILE), ""), (say(words.WHY), "")]
        parts.append(f"<h4>{said(say(words.REFUSED_FILES))}</h4>{table(heads, cells)}")
        parts.append(f"<h4>{said(say(words.REFUSED_ROWS))}</h4>")
    parts.append(refused_rows(given, say, quarantine))
    return section("refused", say(words.REFUSED_ROWS), "", *parts)


def _unused(given: Given, say: Say) -> str:
    unused = [each for each in given.columns if each[SourceColumn.feeds] is None and each[SourceColumn.filled]]
    if not unused:
        return section("columns", say(words.UNUSED), "", _soft(say(words.NO_UNUSED)))
    heads = [(say(words.FILE), ""), (say(words.SHEET), ""), (say(words.WHERE), "place"), (say(words.HEADER), ""), (say(words.WHY), ""),
             (say(words.FILLED), "n")]  # fmt: skip
    lines = [
        [
            said(each[SourceColumn.file]), said(each[SourceColumn.sheet] or "–"),
            said(say(words.COLUMN, letter=each[SourceColumn.letter])), said(each[SourceColumn.header] or "–"),
            said(_said(say, each[SourceColumn.reason])), said(say.number(each[SourceColumn.filled])),
        ]
        for each in sorted(unused, key=lambda each: (each[SourceColumn.file], each[SourceColumn.sheet], -each[SourceColumn.filled]))
    ]  # fmt: skip
    return section("columns", say(words.UNUSED), say(words.UNUSED_NOTE), table(heads, lines))


def _questions(given: Given, say: Say) -> str:
    if not given.reviews:
        return section("questions", say(words.QUESTIONS), "", _soft(say(words.NO_QUESTIONS)))
    ordered = sorted(given.reviews, key=lambda each: (-each[Review.cells], each[Review.kind], each[Review.subject], each[Review.id]))
    heads = [(say(words.ABOUT), ""), (say(words.QUESTION), ""), (say(words.CANDIDATES), ""), (say(words.CELLS), "n")]
    known = {*words.ASKED.values(), *words.ASKED_OF_NEWS}
    lines = []
    for each in ordered[:_MOST_QUESTIONS]:
        asked = words.ASKED.get(each[Review.kind]) or each[Review.question]
        question = say(asked) if asked in known else asked
        lines.append(
            [
                said(each[Review.subject]),
                said(question),
                _listed(each[Review.kind], each[Review.candidates], say),
                said(say.number(each[Review.cells])),
            ]
        )
    more = len(ordered) - len(lines)
    below = _soft(say(words.MORE_QUESTIONS, n=say.number(more))) if more else ""
    return section("questions", say(words.QUESTIONS), say(words.QUESTIONS_NOTE), table(heads, lines), below)


def _listed(kind: str, candidates: Sequence[str], say: Say) -> str:
    if not candidates:
        return "–"
    return f"<ol>{''.join(f'<li>{said(_candidate(kind, each, say))}</li>' for each in candidates[:_MOST_CANDIDATES])}</ol>"


def _candidate(kind: str, text: str, say: Say) -> str:
    return type_said(say, text) if kind == "agreement_type" else candidate_said(say, text)


def _said(say: Say, text: str | None) -> str:
    return (detail_said(say.language, text) or text) if text else ""


def _soft(text: str) -> str:
    return f'<p class="soft">{said(text)}</p>'
