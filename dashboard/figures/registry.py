"""All figures, in the order in which a report prints them."""

from __future__ import annotations

from dashboard.figures import (
    Figure,
    agreement_expiry,
    agreements_by_type,
    agreements_by_year,
    agreements_on_map,
    countries_ranking,
    field_by_country,
    fields_ranking,
    missing_values,
    news_by_event,
    news_by_year,
    outcomes_by_country,
    outcomes_by_field,
    outcomes_by_type,
    outcomes_by_year,
    partners_by_kind,
    problems_by_file,
    row_ledger,
    status_of_agreements,
    top_partners,
)

FIGURES: tuple[Figure, ...] = (
    agreements_on_map.FIGURE,
    countries_ranking.FIGURE,
    agreements_by_year.FIGURE,
    agreements_by_type.FIGURE,
    status_of_agreements.FIGURE,
    agreement_expiry.FIGURE,
    field_by_country.FIGURE,
    fields_ranking.FIGURE,
    top_partners.FIGURE,
    partners_by_kind.FIGURE,
    outcomes_by_year.FIGURE,
    outcomes_by_type.FIGURE,
    outcomes_by_country.FIGURE,
    outcomes_by_field.FIGURE,
    news_by_year.FIGURE,
    news_by_event.FIGURE,
    row_ledger.FIGURE,
    problems_by_file.FIGURE,
    missing_values.FIGURE,
)
