"""What can go wrong, as exceptions; each carries the words a person reads.

EtlError
├── Unreadable      one text could not be understood; becomes a line of the quarantine
├── Unsure          one text has several readings; becomes a question for a person
├── RefusedFile     one input file could not be read; the others go on
└── NothingToPublish  the run ends, the published snapshot stays
"""

from __future__ import annotations


class EtlError(Exception):
    """Base of all errors that the ETL raises on purpose."""


class Unreadable(EtlError):
    """A text that no rule of a normaliser understands; the message is the reason."""


class Unsure(Unreadable):
    """A text with several plausible readings: never guessed, asked instead."""

    def __init__(self, reason: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.candidates = candidates


class RefusedFile(EtlError):
    """An input file that is refused as a whole.

    ``code`` is a reason code of ``etl/reference/problem_codes.csv``; the message says what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class NothingToPublish(EtlError):
    """No input gave a single record, so the published snapshot is left as it is."""
