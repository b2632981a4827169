"""What an export is, told by its content: the folder and the name of a file only say whether it is worth a look."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.errors import RefusedFile
from etl.publications import lines

#: Suffixes that the reading of spreadsheets does not know; its own (.csv, .txt, .tsv, .tab) may hold exports as well.
SUFFIXES = (".bib", ".bibtex", ".ris", ".ciw", ".json", ".jsonl", ".ndjson", ".gz")
_TEXTS = (".csv", ".txt", ".tsv", ".tab")
_RIS = re.compile(r"^TY  ?- ?\S", re.MULTILINE)
_BIBTEX = re.compile(r"^\s*@\s*(?!string|comment|preamble)[a-z]+\s*[{(]", re.MULTILINE | re.IGNORECASE)
_WOS = re.compile(r"\A\s*FN .*?^PT [A-Z]", re.MULTILINE | re.DOTALL)
_OPENALEX = re.compile(r'"(?:authorships|publication_year)"\s*:|openalex\.org/W\d')
#: Bytes -> name of their encoding and how that was found.
Decoder = Callable[[bytes], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Export:
    """A file that holds works: ``format`` is scopus_csv, wos_tab, wos_text, openalex_csv, openalex_jsonl, openalex_json, bibtex or ris."""

    path: Path
    name: str
    size: int
    format: str
    encoding: str
    how: str
    delimiter: str = ","


def may_be_export(path: Path) -> bool:
    """Tell whether a look into ``path`` is worth it.

    >>> [may_be_export(Path(name)) for name in ("a.ris", "works.jsonl.gz", "a.csv", "a.xlsx", "notes.docx")]
    [True, True, True, False, False]
    """
    return path.suffix.lower() in (*SUFFIXES, *_TEXTS)


def recognise(path: Path, name: str, size: int, encoding: Decoder) -> Export | None:
    """Return what export ``path`` is, nothing when it is none."""
    try:
        head = lines.sample(path)
        code, how = encoding(head)
    except (RefusedFile, OSError):
        return None
    text = head.decode(code, "replace").lstrip("\ufeff")
    found, delimiter = sniff(text)
    return Export(path, name, size, found, code, how, delimiter) if found else None


def sniff(text: str) -> tuple[str, str]:
    r"""Return the format that ``text``, the beginning of a file, is in, and the sign between its cells; two empty texts for none.

    >>> sniff("Authors,Title,Year,Source title,DOI,EID\n")[0], sniff("PT\tAU\tTI\tSO\tUT\nJ\t")[0], sniff("TY  - JOUR\nTI  - A")[0]
    ('scopus_csv', 'wos_tab', 'ris')
    >>> sniff("Authors,Title,Year,Affiliations,EID\n")[0], sniff("Title,Year,Affiliations\n")[0]
    ('scopus_csv', '')
    >>> sniff('{"id":"https://openalex.org/W1","title":"A"}\n{"id":')[0], sniff("Agreement ID,Title,Partner\n")[0]
    ('openalex_jsonl', '')
    """
    start = text.lstrip()
    if _WOS.match(text[:20_000]):
        return "wos_text", ""
    if start[:1] in "{[" and start:
        return (_json(start) if _OPENALEX.search(start) else ""), ""
    if found := _table(start):
        return found
    if _RIS.search(text[:20_000]):
        return "ris", ""
    return ("bibtex" if _BIBTEX.search(text[:100_000]) else ""), ""


def _json(start: str) -> str:
    """Tell one object a line from one document: a document has more than a work, or is broken into lines."""
    first = start.split("\n", 1)[0].rstrip()
    is_document = first.startswith("[") or len(first) < 3 or re.match(r'\{\s*"(?:meta|results)"', first) or not first.startswith('{"')
    return "openalex_json" if is_document else "openalex_jsonl"


def _table(start: str) -> tuple[str, str] | None:
    first = re.split("[\r\n]", start, maxsplit=1)[0]
    tags = {cell.strip() for cell in first.split("\t")}
    if {"PT", "TI", "SO"} <= tags and tags & {"UT", "AU", "PY"}:
        return "wos_tab", "\t"
    for delimiter in (",", ";", "\t"):
        names = {cell.strip().casefold() for cell in next(csv.reader([first], delimiter=delimiter), [])}
        # EID is a word of Scopus alone: with it the source may be left out of what was exported.
        if {"title", "year"} <= names and (
            "eid" in names or ("source title" in names and names & {"authors", "affiliations", "document type"})
        ):
            return "scopus_csv", delimiter
        if "publication_year" in names and names & {"title", "display_name"} and names & {"id", "doi", "type"}:
            return "openalex_csv", delimiter
    return None
