"""What identifies a work: its DOI, its title in a form that two databases share, its year, and the surname of its first author."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote

from etl.errors import Unreadable
from etl.reference import rows
from etl.text import fold

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?!\d)")
_MONTHS = {m: f"{n:02}" for n, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_MONTH_DAY = re.compile(r"([A-Za-z]{3})[A-Za-z]*\.?(?:\s+(\d{1,2}))?$")
_APART = re.compile(r"[^\w&+]+", re.ASCII)
_NO_APOSTROPHE = {ord(sign): None for sign in "'`"}
_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,60}>")
_HAN = re.compile("[\u3400-\u9fff]")
#: A title of so many words and letters is hardly shared by two works of one year and author.
_WORDS, _LETTERS, _HANZI = 4, 20, 10
_EARLIEST = 1500


def doi(text: str) -> str:
    """Return the DOI in ``text`` in lower case without what leads to it, an empty text when there is none.

    >>> doi("https://doi.org/10.1000/ABC.12"), doi("doi:10.1000/x(1)."), doi("DOI 10.1000/a%2Fb"), doi("W123"), doi("10.1000/182)")
    ('10.1000/abc.12', '10.1000/x(1)', '10.1000/a/b', '', '10.1000/182')
    """
    found = _DOI.search(unquote(text))
    if not found:
        return ""
    plain = found[0].casefold().rstrip(".,;:'\"")
    while plain.endswith((")", "]", "}")) and plain.count(plain[-1]) > plain.count({")": "(", "]": "[", "}": "{"}[plain[-1]]):
        plain = plain[:-1].rstrip(".,;:'\"")
    return plain


def folded(text: str) -> str:
    """Return what :func:`etl.text.fold` returns, without its memory: a million titles would push out every name that comes again.

    >>> folded("O'Brien's  R&D_2: x"), folded("Ёлкин")
    ('obriens r&d_2 x', 'елкин')
    """
    if text.isascii():
        # Nothing to compose, to unmix or to take an accent from; two titles in three are so.
        return " ".join(_APART.sub(" ", text.casefold().translate(_NO_APOSTROPHE)).split())
    return fold.__wrapped__(text)


def title_key(title: str) -> str:
    """Return ``title`` as databases agree on it: no case, accents, signs or markup.

    >>> title_key("On the <i>in situ</i> Growth of TiO<sub>2</sub>: A&nbsp;Review") == title_key("On the in situ growth of TiO2 - a review")
    True
    """
    plain = _TAGS.sub("", title) if "<" in title else title
    return folded(plain.replace("&nbsp;", " ").replace("&amp;", " and ").replace("&", " and ") if "&" in plain else plain)


def is_telling(key: str) -> bool:
    """Tell whether the folded title ``key`` can stand for one work.

    >>> is_telling("preface"), is_telling("editorial for the special issue on steel"), is_telling("fatigue of welded joints in bridges")
    (False, False, True)
    """
    if any(key == word or (not whole and key.startswith(word)) for word, whole in _generic()):
        return False
    if _HAN.search(key):
        return len(key) >= _HANZI
    return len(key) >= _LETTERS and key.count(" ") + 1 >= _WORDS


@cache
def _generic() -> tuple[tuple[str, bool], ...]:
    return tuple((fold(row["beginning"]), row["whole"] == "yes") for row in rows("publication_generic_titles"))


def year(text: str, latest: int) -> int:
    """Return the year that ``text`` states.

    Raises:
        Unreadable: there is none, or none that a publication can have.

    >>> year("2023", 2026), year("2021/05/14/", 2026), year("1 Mar 2019", 2026)
    (2023, 2021, 2019)
    >>> year("in press", 2026)
    Traceback (most recent call last):
    etl.errors.Unreadable: no year of publication: 'in press'
    """
    found = _YEAR.search(text)
    if not found or not _EARLIEST <= int(found[1]) <= latest:
        raise Unreadable(f"no year of publication: {text[:60]!r}")
    return int(found[1])


def happened(number: int, date: str, month: str) -> str:
    """Return the ISO date of a work of the year ``number``, no finer than the export knows it.

    Databases fill up a month with its first day and a year with the first of January, so these are not believed to be days.

    >>> happened(2023, "2023-05-14", ""), happened(2023, "2023-01-01", ""), happened(2023, "2023-05-01", ""), happened(2023, "", "MAY 14")
    ('2023-05-14', '2023', '2023-05', '2023-05-14')
    >>> happened(2023, "2022-12-30", ""), happened(2023, "", "MAY-JUN"), happened(2023, "2023-13-40", ""), happened(2023, "", "7")
    ('2023', '2023', '2023', '2023-07')
    """
    found = _DATE.match(date)
    parts = (found[2], found[3] or "") if found and int(found[1]) == number else _month_day(month)
    if not parts[0] or not 1 <= int(parts[0]) <= 12:
        return str(number)
    iso = f"{number}-{int(parts[0]):02}"
    if not parts[1] or int(parts[1]) == 1 or int(parts[1]) > _last_day(number, int(parts[0])):
        return str(number) if iso.endswith("-01") and parts[1] else iso
    return f"{iso}-{int(parts[1]):02}"


def _last_day(number: int, month: int) -> int:
    leap = number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _month_day(text: str) -> tuple[str, str]:
    plain = text.strip()
    if plain.isdecimal() and len(plain) <= 2:
        return plain, ""
    found = _MONTH_DAY.fullmatch(plain)
    return (_MONTHS.get(found[1].casefold(), ""), found[2] or "") if found else ("", "")


def surnames(authors: str) -> tuple[str, ...]:
    """Return the words of the first author's name that may be a surname, sorted; databases order and shorten names as they like.

    >>> surnames("Ivanov, I.V.; Müller, K."), surnames("Ivan V. Ivanov|Karl Müller"), surnames("García-Márquez, G. and Li, W.")
    (('ivanov',), ('ivan', 'ivanov'), ('garcia', 'marquez'))
    """
    first = re.split(r"[;|]|\sand\s", authors, maxsplit=1)[0]
    if ";" not in authors and "|" not in authors and " and " not in authors and first.count(",") > 1:
        first = ",".join(first.split(",")[:2]) if len(first.split(",")[0].split()) == 1 else first.split(",")[0]
    return tuple(sorted({word for word in folded(first).split() if len(word) > 1}))
