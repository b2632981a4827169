"""Write how charts name months and days and write numbers in each language, out of CLDR: ``dashboard/assets/locales.js``.

.venv/bin/python scripts/make_plotly_locales.py

Plotly has files of its own for this, which are not ours to copy; its English is built in.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from babel import Locale

ASSET = Path(__file__).parent.parent / "dashboard" / "assets" / "locales.js"
LANGUAGES = ("ru", "zh")
#: Plotly counts the days from Sunday, CLDR from Monday.
_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
#: Whole dates and their parts on an axis, in the directives of d3-time-format; CLDR writes them in another notation.
_DATES: dict[str, dict[str, str]] = {
    "ru": {"date": "%d.%m.%Y", "year": "%Y", "month": "%b %Y", "dayMonth": "%-d %b", "dayMonthYear": "%-d %b %Y"},
    "zh": {"date": "%Y年%-m月%-d日", "year": "%Y年", "month": "%Y年%-m月", "dayMonth": "%-m月%-d日", "dayMonthYear": "%Y年%-m月%-d日"},
}
_HEAD = """\
// How charts name months and days and write numbers. Made of CLDR by scripts/make_plotly_locales.py: change it there.
(function () {
  "use strict";
"""
_TAIL = """
  // Plotly reads the list when it loads; where it is there already it is told.
  if (window.Plotly) window.Plotly.register(locales);
  else window.PlotlyLocales = locales;
})();
"""


def locale(language: str) -> dict[str, Any]:
    """Return the module of ``language`` as Plotly takes it.

    >>> made = locale("ru")["format"]
    >>> made["months"][10], made["shortMonths"][0], made["days"][0], made["decimal"], made["thousands"]
    ('ноябрь', 'янв.', 'воскресенье', ',', '\\u202f')
    """
    said = Locale(language)
    months, days = said.months["stand-alone"], said.days["stand-alone"]
    group = said.number_symbols["latn"]["group"]
    words = {
        "days": [days["wide"][day] for day in _SUNDAY_FIRST],
        "shortDays": [days["abbreviated"][day] for day in _SUNDAY_FIRST],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
        "decimal": said.number_symbols["latn"]["decimal"],
        "thousands": "\u202f" if group == "\u00a0" else group,  # thin, as everywhere in the dashboard
    }
    return {"moduleType": "locale", "name": language, "dictionary": {}, "format": words | _DATES[language]}


def text() -> str:
    """Return the file."""
    lines = "".join(f"    {json.dumps(locale(language), ensure_ascii=False)},\n" for language in LANGUAGES)
    return f"{_HEAD}  const locales = [\n{lines}  ];{_TAIL}"


if __name__ == "__main__":
    ASSET.write_text(text(), encoding="utf-8")
