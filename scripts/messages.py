"""Compare the texts marked in the code with the texts translated: what is missing, what nobody says any more.

.venv/bin/python scripts/messages.py            report; exit 1 when something is missing or unused
.venv/bin/python scripts/messages.py --merge    put what is missing into the catalogues, untranslated
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CODE = ROOT / "dashboard"
FOLDER = CODE / "locale"
LANGUAGES = ("ru",)
#: Texts of these packages are translated in ``<language>.pages.po``, all others in ``<language>.po``.
PAGES = ("figures", "pages", "query", "indicators")


class Text(NamedTuple):
    """A marked text: its plural where it has one, and the file that marks it."""

    one: str
    many: str
    where: Path


def marked(folder: Path = CODE) -> Iterator[Text]:
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


def catalogues(language: str) -> dict[Path, Catalog]:
    """Return the catalogues of ``language`` by their files."""
    found = {}
    for path in sorted(FOLDER.glob(f"{language}*.po")):
        with path.open("rb") as file:
            found[path] = read_po(file, locale=language)
    return found


def translated(language: str) -> dict[str, bool]:
    """Return the English texts of the catalogues, and whether each is translated in full."""
    texts = {}
    for catalogue in catalogues(language).values():
        for message in catalogue:
            if message.id:
                plural = isinstance(message.id, (tuple, list))
                texts[message.id[0] if plural else message.id] = all(message.string) if plural else bool(message.string)
    return texts


def report(language: str) -> tuple[list[str], list[str]]:
    """Return the texts that are not translated, and the translations that no code marks."""
    texts, known = {text.one for text in marked()}, translated(language)
    return sorted(text for text in texts if not known.get(text)), sorted(set(known) - texts)


def merge(language: str) -> None:
    """Add the missing texts without a translation; what is translated stays, what is unused goes."""
    known = translated(language)
    used = {text.one for text in marked()}
    found = catalogues(language)
    for path in (FOLDER / f"{language}.po", FOLDER / f"{language}.pages.po"):
        catalogue, changed = found.get(path) or Catalog(locale=language), False
        for message in list(catalogue):
            name = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            if name and name not in used:
                catalogue.delete(message.id)
                changed = True
        for text in marked():
            theirs = text.where.relative_to(CODE).parts[0] in PAGES
            if text.one not in known and theirs == path.name.endswith(".pages.po"):
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
            merge(language)
        missing, unused = report(language)
        wrong += len(missing) + len(unused)
        for text in missing:
            print(f"{language}: not translated: {text}")
        for text in unused:
            print(f"{language}: not used: {text}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
