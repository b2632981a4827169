"""Agreements without a partner or a country abroad -> what is missing, as a finding at the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from etl.records import Finding, RunPartner
from etl.star.linked import Linked

_ADVICE = "Write the country of the partner abroad; nothing, if the agreement is with a partner at home"


def told(agreements: Iterable[Linked], organisations: Mapping[str, RunPartner], home_country: str) -> Iterator[Finding]:
    """Yield at most one finding an agreement; ``organisations`` are those of the run by id, ``home_country`` is alpha-3."""
    for each in agreements:
        origin = each.rows[0].row.origin
        place = (origin.file, origin.sheet, origin.row)
        if not each.partners:
            yield Finding("warning", "missing_partner", "No partner is written", "Write who the agreement is with", *place)
        elif each.countries:
            continue
        elif raw := _written_at_home(each, home_country):
            message = f"Only the home country is written ({', '.join(raw)}); it is not counted as abroad, so the agreement has no country"
            yield Finding("note", "only_home_country", message, _ADVICE, *place)
        elif all(organisations[partner].country_code == home_country for partner in each.partners):
            message = "No country is written and the partner is in the home country, which is not counted as abroad"
            yield Finding("note", "only_home_country", message, _ADVICE, *place)
        else:
            message = "No country is written and none follows from the partner; it counts as unknown"
            yield Finding("note", "missing_country", message, "Write the country, unless it is an international network", *place)


def _written_at_home(agreement: Linked, home_country: str) -> list[str]:
    """Return the texts that name the home country, each once."""
    return list(dict.fromkeys(said.raw for record in agreement.rows for said in record.countries if said.value == home_country))
