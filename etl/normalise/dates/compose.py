"""The numbers, month and season of one date -> its ISO text, with the rule that read it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence

from etl.errors import Unreadable
from etl.normalise.dates.scan import Part, full_year
from etl.records import Read

FIRST_YEAR, LAST_YEAR = 1000, 2199
#: Orders of figures that can be known of a column; "" is one of which nothing is known, "mixed" one that holds both.
ORDERS = ("", "dmy", "mdy", "ymd", "mixed")


def iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """Return the ISO text of a year, month or day that exists.

    >>> iso(2023), iso(2023, 11), iso(2024, 2, 29)
    ('2023', '2023-11', '2024-02-29')
    >>> iso(2023, 2, 29)
    Traceback (most recent call last):
    etl.errors.Unreadable: the day does not exist: 29.2.2023
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"not a year between {FIRST_YEAR} and {LAST_YEAR}: {year}")
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        raise Unreadable(f"no such month: {month}")
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= (28 if day < 29 else monthrange(year, month)[1]):
        raise Unreadable(f"the day does not exist: {day}.{month}.{year}")
    return f"{year:04d}-{month:02d}-{day:02d}"


def compose(parts: Sequence[Part], order: str) -> Read:
    """Return the one date that ``parts`` state.

    Raises:
        Unreadable: no year, too many parts, or a day that does not exist.
    """
    numbers = [part for part in parts if part.kind == "number"]
    months = [part for part in parts if part.kind == "month"]
    seasons = [part for part in parts if part.kind == "season"]
    if seasons:
        return _season(numbers, months, seasons)
    if len(months) > 1:
        raise Unreadable("several months, and no range between them")
    if months:
        return _with_month(numbers, months[0])
    if len(numbers) == 3:
        return _three(numbers, parts, order)
    if len(numbers) == 2:
        return _two(numbers)
    if len(numbers) == 1 and (numbers[0].digits == 4 or numbers[0].apostrophe):
        return Read(iso(_year(numbers[0])), "year")
    raise Unreadable("no year" if len(numbers) < 3 else "too many numbers for a date")


def _year(part: Part) -> int:
    return part.value if part.digits == 4 else full_year(part.value)


def _season(numbers: list[Part], months: list[Part], seasons: list[Part]) -> Read:
    years = [part for part in numbers if part.digits == 4 or part.apostrophe]
    if months or len(seasons) > 1 or not years or len(numbers) > 2:
        raise Unreadable("a season without its year")
    return Read(f"{iso(_year(years[0]))}-{seasons[0].value}", "season", 0.9)


def _with_month(numbers: list[Part], month: Part) -> Read:
    sure = 0.7 if month.others else 1.0
    if len(numbers) == 1:
        if numbers[0].digits == 4 or numbers[0].apostrophe or numbers[0].value > 31:
            return Read(iso(_year(numbers[0]), month.value), "month in words", sure)
        raise Unreadable("a day and month without a year")
    if len(numbers) != 2:
        raise Unreadable("no year" if not numbers else "too many numbers for a date")
    year, day = _year_and_day(numbers)
    if day.digits > 2:
        raise Unreadable("two years and one month")
    return Read(iso(_year(year), month.value, day.value), "day and month in words", sure if year.digits == 4 else min(sure, 0.9))


def _year_and_day(numbers: list[Part]) -> tuple[Part, Part]:
    """Return the year and the day: four digits, an apostrophe or more than 31 tell the year; else it stands last."""
    first, second = numbers
    if first.digits == 4 or first.apostrophe or (first.value > 31 and second.digits <= 2):
        return first, second
    return second, first


def _two(numbers: list[Part]) -> Read:
    first, second = numbers
    if first.digits == 4 and second.digits <= 2:
        year, month = first, second
    elif second.digits == 4 and first.digits <= 2:
        year, month = second, first
    else:
        raise Unreadable("no year")
    return Read(iso(year.value, month.value), "month and year in figures")


def _three(numbers: list[Part], parts: Sequence[Part], order: str) -> Read:
    sizes = [part.digits for part in numbers]
    if max(sizes) > 4 or sizes.count(4) > 1 or 3 in sizes:
        raise Unreadable("not the numbers of a date")
    sure = 1.0 if 4 in sizes or any(part.apostrophe for part in numbers) else 0.9
    a, b, c = (part.value for part in numbers)
    if sizes[0] == 4:
        if b > 12 and [part.gap for part in parts if part.kind == "range"][:2] == ["-", "-"]:
            raise Unreadable(f"no such month: {b}")  # ISO 8601 has one order only
        return _year_first(a, b, c, sure)
    if sizes[1] == 4:
        return _pair(a, c, b, order, parts, sure)
    if sizes[2] == 4:
        return _pair(a, b, c, order, parts, sure)
    return _short(numbers, parts, order)


def _short(numbers: list[Part], parts: Sequence[Part], order: str) -> Read:
    """Read three numbers of two digits: year last, unless only year first gives a date, or the layout is the Korean one."""
    a, b, c = (part.value for part in numbers)
    if max(numbers[0].digits, numbers[2].digits) < 2 or sum(part.kind == "range" for part in parts) == 1:
        raise Unreadable("not the numbers of a date")
    if order == "ymd" or a > 31 or _is_korean(parts):
        return _year_first(full_year(a), b, c, 0.9 if a > 31 else 0.7)
    try:
        if numbers[2].digits < 2:
            raise Unreadable("a year of one digit")
        return _pair(a, b, full_year(c), order, parts, 0.9)
    except Unreadable:
        if numbers[0].digits == 2 and a <= 31 and c <= 31 and not (a > 12 and b > 12):
            return _year_first(full_year(a), b, c, 0.6)
        raise


def _is_korean(parts: Sequence[Part]) -> bool:
    """Tell '22. 11. 18.', which Korean and Hungarian write year first: blanks after the dots, a dot at the end."""
    gaps = [part.gap for part in parts]
    return [part.kind for part in parts] == ["number", "range"] * 3 and gaps[1::2] == ["."] * 3 and gaps[2::2] == [" ", " "]


def _year_first(year: int, month: int, day: int, sure: float) -> Read:
    if month > 12 >= day:
        return Read(iso(year, day, month), "year first, then day", min(sure, 0.8))
    return Read(iso(year, month, day), "year first", sure)


def _pair(first: int, second: int, year: int, order: str, parts: Sequence[Part], sure: float) -> Read:
    """Read a day and a month by ``order``; the other order only where it is the only one possible."""
    month_first = order == "mdy"
    day, month = (second, first) if month_first else (first, second)
    dots = [part.gap for part in parts if part.kind == "range"][:2] == [".", "."]
    if month > 12 >= day and not dots:  # dates with dots are day first everywhere: 5.13.2019 is a slip
        return Read(iso(year, day, month), f"{'day' if month_first else 'month'} first, the only order possible", min(sure, 0.9))
    value = iso(year, month, day)
    if first == second or max(first, second) > 12:
        return Read(value, "month first" if month_first else "day first", sure)
    if not month_first and dots:
        return Read(value, "day first", sure)
    if order == "mixed":
        return Read(iso(year), "ambiguous, kept as its year", min(sure, 0.9))
    if order == "":
        return Read(value, "ambiguous, read day first", min(sure, 0.6))
    return Read(value, "month first, as its column" if month_first else "day first, as its column", min(sure, 0.95))
