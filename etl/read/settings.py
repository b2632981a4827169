"""``data/raw/sources.yaml`` -> what the analyst says about a file that it does not say itself.

::

    "agreements*.xlsx":            # a file below data/raw, or a pattern
      kind: agreement              # agreement, news or outcome
      encoding: cp1251             # of a text file
      language: ru                 # en, ru or zh
      date_order: dmy              # dmy, mdy or ymd, where day and month could be either
      ignore: false                # true: leave the file alone
      ignore_columns: [Phone, K]   # by header or by letter
      columns: {Our code: number}  # header as written: source field that it feeds
      sheets:
        "2024":                    # a sheet, or a pattern
          kind: agreement
          header_row: 5            # last row of the header
          date_order: mdy          # wins over that of the file
          ignore: true             # hidden by choice
    language: ru                   # of the report and the other files for the analyst: en, ru or zh
    home:                          # the own institution, instead of the built-in one
      names: [Our University, OU]  # as registers, news and publications write it
      country: CN                  # ISO code of its country, which is not counted as abroad
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, cast

import yaml

from etl.errors import RefusedFile
from etl.read import discover
from etl.records import KINDS, SOURCE_FIELDS, Finding, InputFile, Kind
from etl.reference import rows
from etl.words.say import LANGUAGES as SPOKEN

NAME = "sources.yaml"
_HOME, _LANGUAGE = "home", "language"
DATE_ORDERS = ("dmy", "mdy", "ymd")
_OF_A_SHEET = ("kind", "header_row", "ignore", "ignore_columns", "columns", "date_order")
_COLUMNS = re.compile(r" ?\[[A-Z]{1,3}(?::[A-Z]{1,3})?\]$")
LANGUAGES = ("en", "ru", "zh")
_FIELDS = tuple(dict.fromkeys(each for fields in SOURCE_FIELDS.values() for each in fields))


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """What is said about one sheet, or about all sheets of a file."""

    kind: Kind | None = None
    header_row: int | None = None
    ignore: bool = False
    ignore_columns: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: str | None = None


@dataclass(frozen=True, slots=True)
class FileSettings:
    """What is said about one file; ``sheets`` holds pairs of pattern and settings."""

    all_sheets: SheetSettings = SheetSettings()
    sheets: tuple[tuple[str, SheetSettings], ...] = ()
    encoding: str | None = None
    language: str | None = None
    ignore: bool = False

    def sheet(self, name: str) -> SheetSettings:
        """Return what holds for the sheet ``name``; what is said of the sheet wins over what is said of the file.

        A table that stands beside others in a sheet is called after sheet and columns; what is said of the sheet holds for it.
        """
        said = self.all_sheets
        whole = _COLUMNS.sub("", name)
        for pattern, of_sheet in self.sheets:
            if pattern in (name, whole) or fnmatchcase(whole, pattern):
                said = SheetSettings(
                    of_sheet.kind or said.kind,
                    of_sheet.header_row or said.header_row,
                    of_sheet.ignore or said.ignore,
                    said.ignore_columns + of_sheet.ignore_columns,
                    {**said.columns, **of_sheet.columns},
                    of_sheet.date_order or said.date_order,
                )
        return said


DEFAULT = FileSettings()


@dataclass(frozen=True, slots=True)
class Sources:
    """The whole of sources.yaml: pairs of pattern and settings, and what is wrong with it."""

    files: tuple[tuple[str, FileSettings], ...] = ()
    findings: tuple[Finding, ...] = ()
    home: tuple[str, ...] = ()
    home_country: str = ""
    language: str = SPOKEN[0]

    def of(self, name: str) -> FileSettings:
        """Return what is said about the file ``name``; of several patterns the last that says a thing wins."""
        said = DEFAULT
        for pattern, each in self.files:
            if pattern == name or fnmatchcase(name, pattern):
                said = _over(said, each)
        return said


def _over(below: FileSettings, above: FileSettings) -> FileSettings:
    general = FileSettings(below.all_sheets, (("*", above.all_sheets),)).sheet("")
    return FileSettings(
        general,
        below.sheets + above.sheets,
        above.encoding or below.encoding,
        above.language or below.language,
        above.ignore or below.ignore,
    )


def settings(raw: Path) -> dict[str, FileSettings]:
    """Return what holds for each file that is read, by its name."""
    said = sources(raw)
    return {entry.name: said.of(entry.name) for entry in discover.found(raw) if entry.verdict == "read"}


def date_orders(raw: Path, files: Iterable[InputFile]) -> dict[tuple[str, str], str]:
    """Return the order of numeric dates that is stated for sheets of ``files``, by file and sheet."""
    said = settings(raw)
    stated = ((each.name, sheet, said[each.name].sheet(sheet).date_order) for each in files if each.name in said for sheet in each.sheets)
    return {(file, sheet): order for file, sheet, order in stated if order}


def sources(raw: Path) -> Sources:
    """Read sources.yaml; a missing one says nothing, an entry that is wrong is named with its line and says nothing either."""
    path = raw / NAME
    if not path.is_file() or path.is_symlink():
        return Sources()
    try:
        root = yaml.compose(discover.content(path).decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except RefusedFile as error:
        return Sources(findings=(_wrong(None, str(error)),))
    except UnicodeDecodeError:
        return Sources(findings=(_wrong(None, "The file is not UTF-8."),))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        return Sources(findings=(_wrong(mark.line + 1 if mark else None, f"This is not YAML: {problem}."),))
    reader = _Reader()
    language, home = reader.language(root), reader.home(root)
    files = tuple(reader.pairs(root, reader.file)) if root is not None else ()
    return Sources(files, tuple(reader.findings), *home, language)


_ADVICE = "Correct this line of sources.yaml; docs and examples are in etl/read/settings.py."


def _wrong(line: int | None, message: str) -> Finding:
    return Finding("error", "bad_settings", message, _ADVICE, NAME, "", line)


class _Reader:
    """Turns the nodes of the YAML tree into settings and remembers what is wrong, with the line."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def complain(self, node: yaml.Node, message: str) -> None:
        self.findings.append(_wrong(node.start_mark.line + 1, message))

    def pairs(self, node: yaml.Node, read: Any) -> Iterable[tuple[str, Any]]:
        if not isinstance(node, yaml.MappingNode):
            self.complain(node, "A mapping of names is expected here.")
            return
        for name, value in node.value:
            yield str(name.value), read(value)

    def language(self, root: yaml.Node | None) -> str:
        """Take the language of the outputs out of ``root``; a file may be called ``language``, and has a mapping."""
        if not isinstance(root, yaml.MappingNode):
            return SPOKEN[0]
        found = [(name, value) for name, value in root.value if name.value == _LANGUAGE and isinstance(value, yaml.ScalarNode)]
        root.value = [pair for pair in root.value if pair not in found]
        return self.one_of(found[-1][1] if found else None, SPOKEN) or SPOKEN[0]

    def home(self, root: yaml.Node | None) -> tuple[tuple[str, ...], str]:
        """Take the names of the own institution and its country out of ``root``, whose other keys are files."""
        if not isinstance(root, yaml.MappingNode):
            return (), ""
        found = [value for name, value in root.value if name.value == _HOME]
        root.value = [(name, value) for name, value in root.value if name.value != _HOME]
        return self.institution(found[-1]) if found else ((), "")

    def institution(self, node: yaml.Node) -> tuple[tuple[str, ...], str]:
        said = self.known(node, ("names", "country")) if isinstance(node, yaml.MappingNode) else {"names": node}
        names = self.names(said.get("names"))
        if not names and not self.findings:
            self.complain(node, "The names of the own institution are expected here, as in {names: [Our University, OU], country: CN}.")
        return names, self.country(said.get("country")) if names else ""

    def names(self, node: yaml.Node | None) -> tuple[str, ...]:
        """Return the names that ``node`` lists, or the one that it is."""
        given = node.value if isinstance(node, yaml.SequenceNode) else [node]
        texts = [str(each.value).strip() for each in given if isinstance(each, yaml.ScalarNode)]
        return tuple(texts) if len(texts) == len(given) and all(texts) else ()

    def country(self, node: yaml.Node | None) -> str:
        if node is None:
            return ""
        written = str(node.value).strip().upper() if isinstance(node, yaml.ScalarNode) else ""
        for row in rows("countries"):
            if written and written in (row["alpha_2"], row["alpha_3"]):
                return row["alpha_3"]
        self.complain(node, "An ISO code of a country is expected here, as CN or CHN.")
        return ""

    def known(self, node: yaml.Node, names: tuple[str, ...]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.complain(node, f"A mapping is expected here, with any of: {', '.join(names)}.")
            return {}
        for name, _ in node.value:
            if name.value not in names:
                self.complain(name, f"Unknown key {str(name.value)!r}; known are: {', '.join(names)}.")
        return {name.value: value for name, value in node.value if name.value in names}

    def file(self, node: yaml.Node) -> FileSettings:
        said = self.known(node, (*_OF_A_SHEET, "sheets", "encoding", "language"))
        sheets = tuple(self.pairs(said["sheets"], self.sheet)) if "sheets" in said else ()
        return FileSettings(
            self.sheet_of({name: value for name, value in said.items() if name != "ignore"}),
            sheets,
            self.encoding(said.get("encoding")),
            self.one_of(said.get("language"), LANGUAGES),
            self.flag(said.get("ignore")),
        )

    def sheet(self, node: yaml.Node) -> SheetSettings:
        return self.sheet_of(self.known(node, _OF_A_SHEET))

    def sheet_of(self, said: dict[str, yaml.Node]) -> SheetSettings:
        return SheetSettings(
            cast("Kind | None", self.one_of(said.get("kind"), KINDS)),
            self.row(said.get("header_row")),
            self.flag(said.get("ignore")),
            self.texts(said.get("ignore_columns")),
            self.columns(said.get("columns")),
            self.one_of(said.get("date_order"), DATE_ORDERS),
        )

    def one_of(self, node: yaml.Node | None, allowed: tuple[str, ...]) -> str | None:
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and node.value in allowed:
            return str(node.value)
        self.complain(node, f"One of {', '.join(allowed)} is expected here.")
        return None

    def encoding(self, node: yaml.Node | None) -> str | None:
        if node is None:
            return None
        try:
            return codecs.lookup(str(node.value)).name if isinstance(node, yaml.ScalarNode) else None
        except LookupError:
            self.complain(node, f"There is no encoding {str(node.value)!r}; usual ones are utf-8, cp1251, gb18030.")
            return None

    def flag(self, node: yaml.Node | None) -> bool:
        return self.one_of(node, ("true", "false")) == "true"

    def row(self, node: yaml.Node | None) -> int | None:
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and str(node.value).isdigit() and int(node.value) > 0:
            return int(node.value)
        self.complain(node, "A row number, counted from 1, is expected here.")
        return None

    def texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        if isinstance(node, yaml.SequenceNode) and all(isinstance(each, yaml.ScalarNode) for each in node.value):
            return tuple(str(each.value) for each in node.value)
        self.complain(node, "A list of headers or letters is expected here, as in [Phone, K].")
        return ()

    def columns(self, node: yaml.Node | None) -> dict[str, str]:
        if node is None:
            return {}
        return {name: fed for name, fed in self.pairs(node, lambda value: self.one_of(value, _FIELDS)) if fed}
