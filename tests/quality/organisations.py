"""Organisations: are two names the same, whom an affiliation means in a reference list, which official name a short one has."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from etl.commands.directory import known
from etl.commands.normalise import answer
from etl.link.partners import Directory, Similarity, similar
from tests.quality.normalisers import accepted_of, rows_of
from tests.quality.scores import Confusion, Score, Share, area_under_curve, of_counts

#: Kinds of pairs by what they measure.
_LATIN = ("alias_en", "annotated_name", "affil_string", "neg_near", "neg_parent_child", "neg_random")
_ACROSS = ("xlang", "neg_xlang")
_Pair = tuple[Mapping[str, str], Similarity]


def measure_organisations(folder: Path) -> Iterator[Score]:
    """Yield the scores with our own list alone, then with the reference list beside the sets where there is one."""
    reference = next((path for path in sorted(folder.glob("ror_reference.*"))), None)
    lists = {"own list": known(None, None)}
    if reference:
        lists["reference list"] = known(None, reference)
    for name, directory in lists.items():
        yield from _pairs(folder, name, directory)
        yield from _colloquial(folder, name, directory)
    if reference:
        yield from _affiliations(folder, lists["reference list"])


def _pairs(folder: Path, name: str, directory: Directory) -> Iterator[Score]:
    rows = rows_of(folder / "pairs.csv")
    if not rows:
        return
    started = time.perf_counter()
    pairs = [(row, similar(row["a"], row["b"], directory.known)) for row in rows]
    speed = len(rows) / (time.perf_counter() - started)
    goals = {"reference list": (0.92, 0.85), "own list": (None, 0.85)}[name]
    merged = _merged([pair for pair in pairs if not pair[0]["kind"].startswith(_ACROSS)], f"same script, {name}", goals[0])
    merged.table = list(_verdicts(pairs))
    yield merged
    yield _merged([pair for pair in pairs if pair[0]["kind"].startswith(_ACROSS)], f"across languages, {name}", None)
    yield _unasked(pairs, name)
    for what, kinds, goal in (("same script", _LATIN, None), ("across languages", _ACROSS, goals[1])):
        scores = defaultdict(list)
        for row, found in pairs:
            if row["kind"].startswith(kinds):
                scores[row["same"] == "1"].append(found.score)
        yield Score(f"  {what}, {name}: AUC", area_under_curve(scores[True], scores[False]), len(pairs), goal)
    yield Score(f"  pairs, {name}: pairs a second", round(speed), len(rows))


def _merged(pairs: Sequence[_Pair], name: str, goal: float | None) -> Score:
    """Return the F1 of the threshold that is best for these pairs; the verdict 'same' is measured beside it."""
    best = (0.0, 0.0, 0.0, 1.0)
    for threshold in sorted({found.score for _, found in pairs}):
        counts = _counts([(row["same"] == "1", found.score >= threshold) for row, found in pairs])
        precision, recall, f1 = of_counts(*counts)
        best = max(best, (f1, precision, recall, threshold))
    misses = [
        f"{'joined' if found.verdict == 'same' else 'parted'} {found.score:.2f} {row['kind']}: {row['a']!r} | {row['b']!r} ({found.reason})"
        for row, found in pairs
        if (row["same"] == "1") != (found.score >= best[3])
    ]
    return Score(f"pairs, {name}: F1", best[0], len(pairs), goal, f"P {best[1]:.3f} R {best[2]:.3f} from score {best[3]:.2f}", misses)


def _unasked(pairs: Sequence[_Pair], name: str) -> Score:
    hits, wrong, lost = _counts([(row["same"] == "1", found.verdict == "same") for row, found in pairs])
    precision, recall, _ = of_counts(hits, wrong, lost)
    misses = [f"{r['kind']}: {r['a']!r} | {r['b']!r} ({f.reason})" for r, f in pairs if f.verdict == "same" and r["same"] != "1"]
    return Score(f"  pairs, {name}: merged without asking, P", precision, hits + wrong, 0.995, f"R {recall:.3f}", misses)


def _counts(judged: Sequence[tuple[bool, bool]]) -> tuple[int, int, int]:
    """Return hits, wrong and lost of (truth, answer)."""
    return sum(t and a for t, a in judged), sum(a and not t for t, a in judged), sum(t and not a for t, a in judged)


def _verdicts(pairs: Sequence[_Pair]) -> Iterator[str]:
    groups: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row, found in pairs:
        groups[row["kind"]][found.verdict] += 1
    yield f"    {'':<26}" + "".join(f"{v:>12}" for v in ("pairs", "same", "review", "different"))
    for kind, counts in sorted(groups.items()):
        cells = (sum(counts.values()), counts["same"], counts["review"], counts["different"])
        yield f"    {kind:<26}" + "".join(f"{n:>12}" for n in cells)


def _colloquial(folder: Path, name: str, directory: Directory) -> Iterator[Score]:
    groups: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows_of(folder / "ru_candidates.csv"):
        groups[row["label"]].append(row)
    share = Share(f"Russian colloquial names, {name}: first of candidates", 0.9)
    for label, candidates in groups.items():
        if any(row["correct"] == "1" for row in candidates):
            first = max(candidates, key=lambda row: similar(label, row["candidate"], directory.known).score)
            share.add(first["correct"] == "1", f"{label!r} -> {first['candidate']!r}")
    if share.n:
        yield share.score()


def _affiliations(folder: Path, directory: Directory) -> Iterator[Score]:
    rows = rows_of(folder / "affil.csv")
    if not rows:
        return
    share, confusion, outcomes = Share("affiliation -> reference, right at first", 0.88), Confusion(), []
    started = time.perf_counter()
    answers = [answer(row["input"], directory.find_listed) for row in rows]
    speed = len(rows) / (time.perf_counter() - started)
    for row, said in zip(rows, answers, strict=True):
        value = str(said["value"] or "")
        accepted = accepted_of(row, "ror")
        outcome = confusion.add({"class": row["class"], "source": row["source"][:15]}, value, accepted)
        outcomes.append(outcome)
        share.add(outcome == "right", f"{outcome} {row['input']!r} -> {value or said['candidates']}, expected {accepted}")
    score = share.score()
    score.table = list(confusion.lines())
    yield score
    answered = outcomes.count("wrong") + outcomes.count("invented")
    precision, recall, f1 = of_counts(outcomes.count("right"), answered, outcomes.count("refused") + outcomes.count("wrong"))
    yield Score("  affiliations: precision of what is answered", precision, len(rows), None, f"R {recall:.3f} F1 {f1:.3f}")
    yield Score("  affiliations: strings a second", round(speed), len(rows))
