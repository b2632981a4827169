"""On which page a figure stands: where a reader of a file finds it alive."""

from __future__ import annotations

from dashboard.figures import Figure
from dashboard.filters import Selection

PAGES: dict[str, tuple[str, ...]] = {
    "/": ("agreements_on_map", "countries_by_region", "agreements_in_force", "field_by_country", "area_by_country", "specialisation"),
    "/countries": ("countries_ranking", "countries_over_time", "country_ranks", "outcomes_by_country"),
    "/fields": ("fields_ranking", "fields_over_time", "outcomes_by_field", "country_area_outcome"),
    "/partners": ("top_partners", "partners_by_kind", "partner_network", "partner_matrix"),
    "/agreements": ("agreements_by_year", "agreements_by_type", "status_of_agreements", "agreement_expiry", "agreements_in_time"),
    "/outcomes": ("outcomes_by_year", "outcomes_by_type", "outcomes_each_year", "outcome_kinds", "stages", "first_outcome"),
    "/news": ("news_by_year", "news_by_event"),
    "/quality": ("row_ledger", "problems_by_file", "missing_values"),
}
_BY_FIGURE = {figure: path for path, figures in PAGES.items() for figure in figures}
_OF_PARTNER = "story"


def address(figure: Figure, selection: Selection) -> str:
    """Return the address of the view that shows ``figure`` under ``selection``, below the address of the dashboard.

    What belongs to one partner stands on that partner's page.
    """
    if figure.id == _OF_PARTNER and len(selection.partners) == 1:
        return f"/partners/{selection.partners[0]}{selection.without('partner').to_query()}#figure-{figure.id}"
    return f"{_BY_FIGURE.get(figure.id, '/')}{selection.to_query()}#figure-{figure.id}"
