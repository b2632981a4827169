"""The organisations of an item, each once: of several ways to name one that nobody knows the fullest stays."""

from __future__ import annotations

from collections.abc import Iterator

from etl.extract.known import BY_CITY, Directory
from etl.extract.named import Named
from etl.extract.signature import Signature, Signatures
from etl.extract.tokens import tokens
from etl.text import fold


class Gathered:
    """The organisations that an item was found to name, in the order in which they were added."""

    def __init__(self, directory: Directory, signatures: Signatures) -> None:
        self._directory = directory
        self._signatures = signatures
        self._found: dict[str, Named] = {}

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._found

    def __iter__(self) -> Iterator[Named]:
        return iter(tuple(self._found.values()))

    def add(self, named: Named, said: Signature | None) -> None:
        """Add an organisation of which ``said`` is what its phrase says, unless it is one of those that are there."""
        if named.value:
            self._found.setdefault(named.value, named)
            return
        said = said or self._of(named.name)
        for key, other in self._found.items():
            known = self._directory.said(other.value) if other.value else [self._of(other.name), self._of(other.text)]
            # Of two names of an unknown organisation the fuller one stays: the university and not the политех of the title.
            less = not other.value and any(_says_no_more(one, said) for one in known)
            if less and (said not in known or len(named.name) > len(other.name)):
                self._found[key] = named
                return
            if any(_says_no_more(said, one) for one in known):
                return
        self._found[f"?{fold(named.name)}"] = named

    def places(self) -> set[str]:
        """Return the keys of the places that the known organisations are in or named after."""
        return {place for named in self if named.value for place in self._directory.places_of(named.value)}

    def countries(self) -> set[str]:
        """Return the countries that the names of the unknown organisations say."""
        return {code for named in self if not named.value for code in self._of(named.name).countries}

    def each(self) -> list[Named]:
        """Return them without those that are only another way to say one: the Baku university is the one that is named in full."""
        return [named for named in self if not (_is_vague(named) and self._is_meant_by_other(named))]

    def _is_meant_by_other(self, named: Named) -> bool:
        own = self._directory.by_id[named.value]
        return not own.is_partner and any(
            other.value
            and not _is_vague(other)
            and self._directory.by_id[other.value].kind == own.kind
            and self._directory.places_of(other.value) & self._directory.places_of(own.id)
            for other in self
        )

    def _of(self, name: str) -> Signature:
        return self._signatures.of(tokens(name))


def _is_vague(named: Named) -> bool:
    """Tell whether the words are hardly a name: a city with a small letter behind it, Baku university."""
    return bool(named.value) and (named.method == BY_CITY or (named.text.isascii() and named.text.split()[-1].islower()))


def _says_no_more(one: Signature, other: Signature) -> bool:
    """Tell whether ``one`` may be a shorter way to say ``other``."""
    return (
        one.heads | one.common <= other.heads | other.common
        and one.places <= other.places
        and one.countries <= other.countries
        and one.rare <= other.rare
    )
