"""Names and kinds of files: nothing is followed, expanded, run or waited for."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.hostile.case import Case, accepts, writes
from tests.hostile.files import GOOD_ROW, agreement, book, delimited

ODD = (
    "it's $(touch x) `id` *?.csv",
    "' OR 1=1 --.csv",
    "a;b&c|d.csv",
    "[abc]{1..3}.csv",
    "%s%n.csv",
    "{{7*7}}.csv",
    "<b>x.csv",
    "-rf.csv",
    "год 2024/новости.csv",
    "مستند.csv",
    "协议.csv",
    "a\u0301.csv",
    "sub/decisions/a.csv",
    "CON.csv",
    "a..csv",
    " blank .csv",
    "é" * 120 + ".csv",
    "x" * 251 + ".csv",
    "..data.csv"[1:],
    "readme_agreements.csv",
    "http:__example.org.csv",
    "#frag?query=1.csv",
    "🤝.csv",
    "a=1+1.csv",
    "=1+1.csv",
)
UNSAFE = ("red\x1b[31m.csv", "a\u202excod.csv", "line\nbreak.csv", "bell\x07.csv", "tab\t.csv", "isolate\u2066.csv")
IGNORED = (
    "~$case.xlsx",
    ".~lock.case.ods#",
    ".hidden.csv",
    "README.md",
    "readme.txt",
    "LICENSE",
    "decisions/notes.md",
    "Thumbs.db",
    ".DS_Store",
    "desktop.ini",
    "~$дело.xlsx",
)


def _odd(name: str) -> Case:
    return accepts(name, delimited([agreement()]), {2: GOOD_ROW})


def _unsafe(name: str) -> Case:
    return Case("refuse", writes({name: delimited([agreement()])}), "unsafe_path")


def _ignored(name: str) -> Case:
    return Case("ignore", writes({name: delimited([agreement()])}))


TABLE: dict[str, Callable[[], Case]] = {
    **{f"odd_{at}": partial(_odd, name) for at, name in enumerate(ODD) if not name.startswith(".")},
    **{f"unsafe_{at}": partial(_unsafe, name) for at, name in enumerate(UNSAFE)},
    **{f"ignored_{name.replace('/', '_')}": partial(_ignored, name) for name in IGNORED},
}


def _special(make: Callable[[Path], object]) -> Case:
    def put(raw: Path) -> None:
        make(raw / "case.csv")

    return Case("refuse", put, "unsafe_path")


def symlink_outside() -> Case:
    return _special(lambda path: path.symlink_to("/etc/passwd"))


def dangling_symlink() -> Case:
    return _special(lambda path: path.symlink_to("/nowhere/at/all"))


def symlink_to_itself() -> Case:
    return _special(lambda path: path.symlink_to(path))


def symlink_to_the_folder() -> Case:
    return _special(lambda path: path.symlink_to(path.parent, target_is_directory=True))


def symlink_to_a_good_file() -> Case:
    return _special(lambda path: path.symlink_to("good.csv"))


def symlinked_folder() -> Case:
    def put(raw: Path) -> None:
        (raw / "loop").symlink_to(raw, target_is_directory=True)

    return Case("refuse", put, "unsafe_path")


def pipe() -> Case:
    return _special(os.mkfifo)


def folder_called_like_a_file() -> Case:
    return _special(Path.mkdir)


def name_in_no_unicode() -> Case:
    def put(raw: Path) -> None:
        with open(os.fsencode(raw) + b"/\xff\xfe.csv", "wb") as file:  # noqa: PTH123 - a Path cannot say this
            file.write(delimited([agreement()]))

    return Case("refuse", put, "unsafe_path")


def hard_link() -> Case:
    def put(raw: Path) -> None:
        (raw / "case.csv").write_bytes(delimited([agreement()]))
        os.link(raw / "case.csv", raw / "copy.csv")

    kept = {2: GOOD_ROW}
    return Case("accept", put, "duplicate_row", kept, merged=frozenset({2}))


def deep_folder() -> Case:
    return accepts("/".join(["d"] * 40) + "/case.xlsx", book([agreement()]), {2: GOOD_ROW})


def empty_folder_beside() -> Case:
    def put(raw: Path) -> None:
        (raw / "nothing here").mkdir()
        (raw / "case.csv").write_bytes(delimited([agreement()]))

    return Case("accept", put, "", {2: GOOD_ROW})
