"""Compare the texts marked in the code with the texts translated: what is missing, what nobody says any more.

.venv/bin/python scripts/messages.py            report; exit 1 when something is missing or unused
.venv/bin/python scripts/messages.py --merge    put what is missing into the catalogues, untranslated
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
#: Code whose texts are marked -> the folder of their translations. The dashboard says the texts of the ETL too, not the other way round.
WORDS = ROOT / "etl" / "words"
HOUSES = {WORDS: WORDS, ROOT / "dashboard": ROOT / "dashboard" / "locale"}
LANGUAGES = ("ru", "zh")
#: New texts of these packages go into ``<language>.pages.po``, all others into ``<language>.po``; every ``<language>.*.po`` is read.
PAGES = ("figures", "pages", "query", "indicators")


class Text(NamedTuple):
    """A marked text: its plural where it has one, and the file that marks it."""

    one: str
    many: str
    where: Path


def marked(folder: Path) -> Iterator[Text]:
    """Yield every text that is marked below ``folder``, file by file."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("mark", "mark_plural"):
                yield _text(node, path)


def _text(node: ast.Call, path: Path) -> Text:
    values = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if len(values) != len(node.args) or len(values) != (2 if node.func.id == "mark_plural" else 1):  # type: ignore[attr-defined]
        raise SystemExit(f"{path}:{node.lineno}: only a text as it stands can be marked")
    return Text(values[0], values[1] if len(values) == 2 else "", path)


def catalogues(language: str, folders: Iterable[Path] = tuple(HOUSES.values())) -> dict[Path, Catalog]:
    """Return the catalogues of ``language`` by their files."""
    found = {}
    for path in (each for folder in folders for each in sorted((*folder.glob(f"{language}.po"), *folder.glob(f"{language}.*.po")))):
        with path.open("rb") as file:
            found[path] = read_po(file, locale=language)
    return found


def translated(language: str, folder: Path) -> dict[str, bool]:
    """Return the English texts of the catalogues of ``folder``, and whether each is translated in full."""
    texts = {}
    for catalogue in catalogues(language, (folder,)).values():
        for message in catalogue:
            if message.id:
                plural = isinstance(message.id, (tuple, list))
                texts[message.id[0] if plural else message.id] = all(message.string) if plural else bool(message.string)
    return texts


def doubled(language: str) -> list[str]:
    """Return the texts that two catalogues of one folder translate in different words."""
    found = set()
    for folder in HOUSES.values():
        said: dict[object, object] = {}
        for catalogue in catalogues(language, (folder,)).values():
            found |= {
                str(message.id) for message in catalogue if message.id and said.setdefault(message.id, message.string) != message.string
            }
    return sorted(found)


def report(language: str) -> tuple[list[str], list[str]]:
    """Return the texts that are not translated, and the translations that no code marks."""
    missing, unused = set(), set()
    for code, folder in HOUSES.items():
        texts, known = {text.one for text in marked(code)}, translated(language, folder)
        missing |= {text for text in texts if not known.get(text)}
        unused |= known.keys() - texts
    return sorted(missing), sorted(unused)


def merge(language: str, code: Path, folder: Path) -> None:
    """Add the missing texts of one house without a translation; what is translated stays, what is unused goes."""
    known = translated(language, folder)
    texts = list(marked(code))
    found = catalogues(language, (folder,))
    for path in found:
        catalogue, changed = found[path], False
        for message in list(catalogue):
            name = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            if name and name not in {text.one for text in texts}:
                catalogue.delete(message.id)
                changed = True
        for text in texts:
            theirs = text.where.relative_to(code).parts[0] in PAGES
            if text.one not in known and path.name == (f"{language}.pages.po" if theirs else f"{language}.po"):
                catalogue.add((text.one, text.many) if text.many else text.one, None)
                known[text.one], changed = False, True
        if changed:
            with path.open("wb") as file:
                write_po(file, catalogue, width=120)


def main() -> int:
    """Report, or merge and report."""
    wrong = 0
    for language in LANGUAGES:
        if "--merge" in sys.argv:
            for code, folder in HOUSES.items():
                merge(language, code, folder)
        missing, unused = report(language)
        twice = doubled(language)
        wrong += len(missing) + len(unused) + len(twice)
        for text in missing:
            print(f"{language}: not translated: {text}")
        for text in unused:
            print(f"{language}: not used: {text}")
        for text in twice:
            print(f"{language}: translated in two ways: {text}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
