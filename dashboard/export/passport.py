"""The passport of a figure: what it shows, of which data, by which rule, and hashes by which anybody can tell whether it still holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson
import pandas as pd

from dashboard.export.where import address
from dashboard.figures import Figure, Plot
from dashboard.filters import Selection
from dashboard.locale import Say, mark, speaker
from dashboard.query.chosen import AS_OF, TOTAL
from dashboard.snapshot import Snapshot
from dashboard.written import written
from etl import VERSION

SHORT = mark("Figure {id} · data {data} · drawing {figure} · snapshot {snapshot} · program {version}")
_SHOWN = 8
_DIGITS = 9
#: What changes from drawing to drawing though nothing else is shown.
_VOLATILE = frozenset({"uid", "uirevision", "template", "hovertemplate", "hoverlabel", "meta"})


@dataclass(frozen=True, slots=True)
class Passport:
    """What a figure says of itself. Hashes are SHA-256 in base 16; ``n`` is the size of the filtered set, where the figure knows it."""

    figure: str
    language: str
    filters: str
    counting: str
    as_of: str
    snapshot: str
    version: str
    address: str
    rows: int
    n: int | None
    data_sha256: str
    figure_sha256: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Passport:
        """Return the passport that ``told`` spells; what a newer version added is left out.

        Raises:
            ValueError: it is none.
        """
        try:
            found = cls(**{name: told[name] for name in cls.__slots__})
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a passport: {error}") from error
        if not all(isinstance(getattr(found, name), str) for name in cls.__slots__ if name not in ("rows", "n")):
            raise ValueError("not a passport")
        return found

    @property
    def name(self) -> str:
        """The name of this figure in a document: one figure may stand there under several filters."""
        return f"{self.figure} {self.data_sha256[:_SHOWN]} {self.figure_sha256[:_SHOWN]}"

    @property
    def short(self) -> str:
        """What stands small at the foot of the figure, in its language."""
        return speaker(self.language)(
            SHORT, id=self.figure, data=self.data_sha256[:_SHOWN], figure=self.figure_sha256[:_SHOWN],
            snapshot=self.snapshot, version=self.version,
        )  # fmt: skip

    def seal(self, content_sha256: str) -> str:
        """Return the hash over the passport and the content that it belongs to: a change of either is seen.

        It keeps out mistakes, not forgers: whoever has the program can make a new one.
        """
        return hashlib.sha256(canonical(self.as_dict()) + content_sha256.encode()).hexdigest()


def of(figure: Figure, frame: pd.DataFrame, plot: Plot, selection: Selection, say: Say, snapshot: Snapshot) -> Passport:
    """Return the passport of ``figure`` as it is drawn from ``frame`` under ``selection`` in the language of ``say``."""
    return Passport(
        figure=figure.id,
        language=say.language,
        filters=selection.to_query().removeprefix("?"),
        counting=selection.counting,
        as_of=snapshot.as_of,
        snapshot=snapshot.id,
        version=VERSION,
        address=address(figure, selection),
        rows=len(frame),
        n=int(frame[TOTAL].iloc[0]) if TOTAL in frame and len(frame) else None,
        data_sha256=data_hash(frame),
        figure_sha256=figure_hash(plot),
    )


def data_hash(frame: pd.DataFrame) -> str:
    """Return the hash of the rows of ``frame``, whatever their order; the as-of date is no data and left out.

    >>> a = pd.DataFrame({"code": ["CHN", "DEU"], "n": [2, 1], "as_of": "2026-01-01"})
    >>> data_hash(a) == data_hash(a.iloc[::-1].assign(as_of="2026-02-01")), data_hash(a) == data_hash(a.assign(n=3))
    (True, False)
    """
    kept = frame.drop(columns=[AS_OF], errors="ignore")
    names = sorted(map(str, kept.columns))
    rows = sorted(canonical([_plain(value) for value in row]) for row in kept[names].itertuples(index=False, name=None))
    return hashlib.sha256(b"\n".join([canonical(names), *rows])).hexdigest()


def figure_hash(plot: Plot) -> str:
    """Return the hash of a plotly figure without what says nothing of what it shows.

    >>> figure_hash({"data": [{"y": [1], "uid": "a"}]}) == figure_hash({"data": [{"y": [1.0000000001], "uid": "b"}]})
    True
    """
    return hashlib.sha256(canonical(_steady(orjson.loads(written(plot))))).hexdigest()


def canonical(value: Any) -> bytes:
    """Return ``value`` as JSON that is the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


def _steady(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _steady(each) for key, each in value.items() if key not in _VOLATILE}
    if isinstance(value, list):
        return [_steady(each) for each in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    """Return a value for a hash: absent ones are alike, and the last digits of a sum are the order in which it was added up."""
    if value is None or value is pd.NA or value != value:
        return None
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, float):
        rounded = float(f"{value:.{_DIGITS}g}")
        return int(rounded) if rounded.is_integer() else rounded
    return value if isinstance(value, (int, bool)) else str(value)
