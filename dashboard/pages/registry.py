"""All pages, in the order of the menu."""

from __future__ import annotations

from dashboard.pages import (
    Page,
    agreement,
    agreements,
    countries,
    definitions,
    fields,
    news,
    outcomes,
    overview,
    partners,
    quality,
    records,
    report,
    search,
)

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    countries.PAGE,
    countries.ONE_PAGE,
    fields.PAGE,
    fields.ONE_PAGE,
    partners.PAGE,
    partners.ONE_PAGE,
    agreements.PAGE,
    agreement.PAGE,
    outcomes.PAGE,
    outcomes.ONE_PAGE,
    news.PAGE,
    news.ONE_PAGE,
    quality.PAGE,
    report.PAGE,
    definitions.PAGE,
    records.PAGE,
    search.PAGE,
)
