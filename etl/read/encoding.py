"""The bytes of a text file -> its text, in the encoding that makes words of it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import suppress

from etl.errors import RefusedFile
from etl.text import fold

CANDIDATES = ("cp1251", "gb18030", "cp866", "koi8-r", "cp1252", "iso8859-5", "mac-cyrillic", "utf-16-le", "utf-16-be")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_HEAD_LINES = 12
_WORD = re.compile(r"[^\W\d_]+")
_SPLIT = re.compile(r'[;,\t|\r\n"]+')
_TYPOGRAPHIC = set("«»—–№“”„’‘…\u00a0·•§°×±©®™€£″′")
#: The ten letters that make up two thirds of any Russian text, and of English and German next to an accent.
_FREQUENT = set("оеаинтсрвл")
_ASCII = bytes(range(128))
#: Bytes beyond ASCII in a line that are valid UTF-8 although the line is in another encoding: fewer than these.
_NO_ACCIDENT = 12
#: A dash that is glued to the word behind it: a capital letter read in the wrong encoding.
_GLUED = re.compile(r"(?<![^\W\d_])[—–](?=[^\W\d_])")
#: Below this share of plausible characters no candidate is believed.
_BELIEVED = 0.7


def decode(data: bytes, forced: str | None, is_header: Callable[[str], bool]) -> tuple[str, str]:
    """Return the text of ``data`` and its encoding with how that was found.

    A byte order mark decides, then strict UTF-8; else the candidate under which the most words of the first lines
    are known headers, and among equals the one whose letters look most like a language.

    Raises:
        RefusedFile: no encoding gives a text that can be believed.
    """
    if forced:
        return _strictly(data, forced), f"{forced}, by sources.yaml"
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name).lstrip("\ufeff"), f"{name.removesuffix('-sig')}, by its mark"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_mixture(data, error.start)
    else:
        if "\x00" not in text:
            return text, "utf-8"
    return _most_plausible(data, is_header)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise _undecided(f"The text is not {encoding}: {error}.") from error


def _undecided(why: str) -> RefusedFile:
    return RefusedFile("encoding", f"{why} Save the file as UTF-8, or name its encoding in sources.yaml.")


def _refuse_mixture(data: bytes, at: int) -> None:
    """Refuse a file that is UTF-8 but for a few places: read in any one encoding, part of it would be rubbish."""
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    whole = sum(letter > "\x7f" for letter in lenient) - broken
    # In a file of another encoding valid UTF-8 pairs are accidents, far fewer than the broken places.
    if whole > 2 * broken or _has_both(data) or b"\xed\xa0" <= data[at : at + 2] <= b"\xed\xbf":
        line = data.count(b"\n", 0, at) + 1
        raise _undecided(f"Line {line} is in another encoding than the rest, which is UTF-8.")


def _has_both(data: bytes) -> bool:
    """Say whether some lines are UTF-8, long enough to be so by no accident, and others are not."""
    if 0 in data:
        return False
    whole = False
    for line in data.split(b"\n"):
        if len(line.translate(None, _ASCII)) >= _NO_ACCIDENT and not whole:
            with suppress(UnicodeDecodeError):
                line.decode("utf-8")
                whole = True
    return whole


def _most_plausible(data: bytes, is_header: Callable[[str], bool]) -> tuple[str, str]:
    best: tuple[int, float, str, str] | None = None
    for name in CANDIDATES:
        if name.startswith("utf-16") != (data.count(0) > len(data) // 20):
            continue
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        score = (_headers(text, is_header), plausibility(text))
        if score[1] >= _BELIEVED / 2 and (best is None or score > best[:2]):
            best = (*score, name, text)
    if best is None or (best[1] < _BELIEVED and best[0] < 2) or "\x00" in best[3]:
        raise _undecided("The encoding of the text cannot be told.")
    return best[3], f"{best[2]}, by its {'headers' if best[0] else 'letters'}"


def _headers(text: str, is_header: Callable[[str], bool]) -> int:
    """Count the known headers among the first lines that only this encoding makes readable."""
    words = {word.strip() for line in text.splitlines()[:_HEAD_LINES] for word in _SPLIT.split(line)}
    return sum(1 for word in words if word and not word.isascii() and len(word) < 60 and is_header(fold(word)))


def plausibility(text: str) -> float:
    """Return the share of the characters beyond ASCII that stand as they do in a language, 0 to 1.

    >>> word = "Соглашение о сотрудничестве"
    >>> [round(plausibility(word.encode("cp1251").decode(name)), 1) for name in ("cp1251", "koi8-r", "cp866")]
    [1.0, 0.6, 0.2]
    """
    sample = text if len(text) < 200_000 else text[:100_000] + text[-100_000:]
    good = total = 0.0
    for word in _WORD.findall(sample):
        if not word.isascii():
            foreign = [letter for letter in word if letter > "\x7f"]
            total += len(foreign)
            good += _letters(word, foreign)
    for sign in sample:
        if sign > "\x7f" and not sign.isalpha():
            total += 1
            good += sign in _TYPOGRAPHIC or "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uffef"
    good -= len(_GLUED.findall(sample))
    return max(good / total, 0.0) if total else 1.0


def _letters(word: str, foreign: list[str]) -> float:
    if all("\u0400" <= letter <= "\u045f" for letter in foreign):
        return _russian(word, foreign)
    if any("\u4e00" <= letter <= "\u9fff" for letter in foreign):
        return sum(_everyday_hanzi(letter) for letter in foreign if letter >= "\u4e00")
    # A Latin word has its accents one at a time, among plain letters.
    plain = len(word) - len(foreign)
    return len(foreign) if all(letter < "\u0180" for letter in foreign) and (plain >= len(foreign)) and _cased(word) else 0.0


def _russian(word: str, foreign: list[str]) -> float:
    if len(foreign) != len(word) or not _cased(word) or any(letter in "ЂЃѓЉЊЌЋЏђљњќћџЅѕѐѝЈј" for letter in word):
        return 0.0
    if len(word) < 4:
        return 0.8 * len(word)
    share = sum(letter in _FREQUENT for letter in word.casefold()) / len(word)
    return len(word) * min(1.0, 0.2 + 2 * share)


def _cased(word: str) -> bool:
    return word.islower() or word.istitle() or word.isupper() or word[1:].islower()


def _everyday_hanzi(letter: str) -> float:
    """Say whether a Chinese character is one of the 3755 of everyday life (GB 2312, first level); mojibake is mostly not."""
    try:
        pair = letter.encode("gb2312")
    except UnicodeEncodeError:
        return 0.0
    return float(len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7)
