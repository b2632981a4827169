"""What a page says, and which of it is in another language than it should be."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb

from dashboard.locale import catalogue

HAN, CYRILLIC = re.compile(r"[\u4e00-\u9fff]"), re.compile("[а-яё]", re.IGNORECASE)
SCRIPTS = {"zh": HAN, "ru": CYRILLIC}
#: Everything a page says: each piece of text, and what is only read out or shown when pointed at.
SAID = """() => {
  const said = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (!at.closest("script, style, noscript")) said.add(walk.currentNode.textContent.trim());
  }
  for (const each of document.querySelectorAll("[title], [aria-label], [placeholder], [data-label]")) {
    for (const name of ["title", "aria-label", "placeholder", "data-label"]) said.add((each.getAttribute(name) || "").trim());
  }
  return [...said].filter(Boolean);
}"""


@cache
def told(folder: Path) -> frozenset[str]:
    """Every text that stands in the tables of the snapshot: data, which no page translates."""
    found: set[str] = set()
    snapshot = folder / "snapshots" / (folder / "current").read_text().strip()
    with duckdb.connect() as db:
        for path in snapshot.glob("*.parquet"):
            for row in db.execute(f"SELECT * FROM '{path}'").fetchall():
                found |= {piece.strip() for value in row for piece in pieces(value)}
    return frozenset(found)


def pieces(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from pieces(each)
    elif isinstance(value, dict):
        yield from pieces(list(value.values()))


@cache
def english(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What ours says in English where ``language`` says otherwise: whole texts, and templates with at least two words of their own."""
    whole, templates = set(), []
    for text, said in catalogue(language).items():
        own = re.sub(r"{\w*}", "", text)
        if said == text or not re.search("[a-z]{2}", own):
            continue
        if own == text:
            whole.add(text)
        elif len(re.findall("[a-z]{2,}", own)) > 1:
            parts = [re.escape(literal) + (".+" if name is not None else "") for literal, name, _, _ in string.Formatter().parse(text)]
            templates.append(re.compile("".join(parts), re.DOTALL))
    return frozenset(whole), tuple(templates)


def in_english(said: list[str], language: str, data: frozenset[str]) -> list[str]:
    whole, templates = english(language)
    ours = [text for text in said if text not in data and not SCRIPTS[language].search(text)]
    return [text for text in ours if text in whole or any(each.fullmatch(text) for each in templates)]
