"""What files held when they were parsed last: a refresh parses only those that changed."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Remembered:
    """Answers of the parser below ``folder``; ``code`` stands for the program that parsed. Deleting the folder loses only time."""

    folder: Path
    code: str
    _used: set[str] = field(default_factory=set)

    def get(self, *key: str) -> bytes | None:
        """Return the answer kept for ``key``, None where there is none or it is damaged."""
        path = self._path(key)
        try:
            kept = path.read_bytes()
        except OSError:
            return None
        digest, _, answer = kept.partition(b"\n")
        return answer if digest == hashlib.sha256(answer).hexdigest().encode() else None

    def put(self, answer: bytes, *key: str) -> None:
        """Keep ``answer`` for ``key``. A folder that cannot be written is no error here: publishing will tell."""
        path = self._path(key)
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(hashlib.sha256(answer).hexdigest().encode() + b"\n" + answer)
            new.replace(path)
        with suppress(OSError):
            new.unlink(missing_ok=True)

    def forget_others(self) -> None:
        """Delete what was not asked for since the start: files that are gone or changed."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in self._used:
                    path.unlink(missing_ok=True)

    def _path(self, key: tuple[str, ...]) -> Path:
        name = hashlib.sha256("\x1f".join((self.code, *key)).encode("utf-8", "surrogatepass")).hexdigest()
        self._used.add(name)
        return self.folder / name
