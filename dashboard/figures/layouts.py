"""How charts are laid out: margins, axes, bars and years. Colours and fonts come from the card's template."""

from __future__ import annotations

from typing import Any

from dashboard.colours import CARD, CATEGORIES, INK, LINE, MUTED
from dashboard.figures import Plot

Layout = dict[str, Any]


def layout(**more: Any) -> Layout:
    """Return the layout that all charts share, with ``more`` of their own."""
    base: Layout = {
        "margin": {"l": 8, "r": 12, "t": 8, "b": 28, "pad": 4},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.28,
        "font": {"size": 12, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal", "font": {"size": 12}},
    }
    return base | more


def amounts_axis(**more: Any) -> Layout:
    """Return an axis of amounts: from 0, whole numbers, a quiet grid."""
    return {
        "rangemode": "tozero", "gridcolor": LINE, "zeroline": False, "tickfont": {"color": MUTED}, "nticks": 5, "tickformat": ",d",
        "automargin": True, "fixedrange": True,
    } | more  # fmt: skip


def quiet_axis(**more: Any) -> Layout:
    """Return an axis that shows names only."""
    return {"showgrid": False, "zeroline": False, "automargin": True, "fixedrange": True, "ticklen": 0} | more


def years_axis(first: int, last: int) -> Layout:
    """Return an axis of whole years; zoomed in, a free axis would print ``2 019.5``."""
    return quiet_axis(
        range=[first - 0.6, last + 0.6], tickformat="d", dtick=max(1, (last - first + 10) // 10), tick0=first, tickfont={"color": MUTED}
    )


def bars(names: list[str], amounts: list[float], labels: list[str], customdata: list[list[str]], colours: list[str]) -> Plot:
    """Return horizontal bars, the first at the top, each with its label at its end.

    The bars stand at numbers, not at names: two partners may look the same when their names are shortened. ``customdata`` is the code and
    the sentence of the hover.
    """
    rows = list(range(len(names)))
    trace = {
        "type": "bar", "orientation": "h", "x": amounts, "y": rows, "text": labels, "textposition": "outside", "cliponaxis": False,
        "customdata": customdata, "hovertemplate": "%{customdata[1]}<extra></extra>", "marker": {"color": colours},
        "textfont": {"color": INK},
    }  # fmt: skip
    # Two bars as thick as a brick say no more than two of the usual width.
    trace["width"] = min(0.72, 0.1 + 0.1 * len(rows))
    most = max(amounts, default=1) or 1
    return {
        "data": [trace],
        "layout": layout(
            xaxis=quiet_axis(showticklabels=False, range=[0, most * 1.14]),
            yaxis=quiet_axis(tickmode="array", tickvals=rows, ticktext=names, range=[len(rows) - 0.4, -0.6]),
            margin={"l": 8, "r": 12, "t": 4, "b": 4, "pad": 6},
        ),
    }


def nothing() -> Plot:
    """Return an empty chart without axes; its card says what to do."""
    hidden = {"visible": False, "fixedrange": True}
    return {"data": [], "layout": layout(xaxis=hidden, yaxis=hidden)}


def edge() -> dict[str, Any]:
    """Return the thin line between two stacked bars."""
    return {"color": CARD, "width": 1}


def hues(codes: list[str]) -> dict[str, str]:
    """Return code -> colour for the first eight of a vocabulary: the same code has the same hue under every filter."""
    return dict(zip(codes, CATEGORIES, strict=False))
