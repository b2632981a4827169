"""Every colour of the charts, once; the style sheet spells the same ones as CSS variables (a test compares them).

Figures are always drawn with the colours of the light theme; :func:`dashboard.card.themed` exchanges those of
:data:`NIGHT` when the reader has the dark theme, so no figure needs to know of it.
"""

from __future__ import annotations

#: Eight hues after Okabe and Ito, moved until each has 3:1 against both backgrounds and every pair stays apart (CIE76 >= 15)
#: for the three kinds of colour blindness. Take them in this order; the ninth and all later ones are :data:`OTHERS`.
CATEGORIES: tuple[str, ...] = ("#2B78D4", "#CE4A12", "#12A373", "#9F66C4", "#849440", "#2B717D", "#E0559B", "#8C5B41")
OTHERS = "#868E96"

ACCENT = CATEGORIES[0]
WARNING = "#B3560B"

#: Where a ramp goes from the pale half to the full one: no text is legible on what lies between, so it takes a small step there.
TURN = 0.61
#: From nothing to most, for amounts: plotly takes it as ``colorscale`` as it stands. Up to :data:`TURN` the ink of texts has 4.5:1 on
#: it, beyond that the colour of a card; in the dark theme as well.
SEQUENTIAL: list[list[float | str]] = [
    [0.0, "#EEF4FB"], [0.25, "#BBD5F1"], [0.5, "#79AEE4"], [TURN, "#4A8EDA"], [TURN, "#2970C8"], [1.0, "#123F78"],
]  # fmt: skip
#: From less to more than the value in the middle, which is given as ``zmid``; each half is a ramp as above.
DIVERGING: list[list[float | str]] = [
    [0.0, "#8F3209"], [0.5 - TURN / 2, "#B0552A"], [0.5 - TURN / 2, "#D1784B"], [0.25, "#E2895C"], [0.5, "#F1F3F5"],
    [0.75, "#79AEE5"], [0.5 + TURN / 2, "#4A8EDB"], [0.5 + TURN / 2, "#2970C9"], [1.0, "#123F79"],
]  # fmt: skip

INK = "#1B2430"
MUTED = "#5B6675"
LINE = "#DDE2E8"
CARD = "#FFFFFF"
LAND = "#E6EAEF"
BORDER = "#FBFCFD"

#: Colour of the light theme -> colour of the dark theme; what is not here is the same in both.
NIGHT: dict[str, str] = {
    INK: "#E6EAF0",
    MUTED: "#A3AEBC",
    LINE: "#303844",
    CARD: "#171C23",
    LAND: "#29313C",
    BORDER: "#171C24",
    WARNING: "#E39A4F",
    "#EEF4FB": "#1B2633",
    "#BBD5F1": "#1E3F66",
    "#79AEE4": "#26588F",
    "#4A8EDA": "#2A66AB",
    "#2970C8": "#588DC9",
    "#123F78": "#9CC8F7",
    "#F1F3F5": "#262D37",
    "#8F3209": "#F0A27A",
    "#B0552A": "#BC724E",
    "#D1784B": "#9A5230",
    "#E2895C": "#7A3B1F",
    "#79AEE5": "#265890",
    "#4A8EDB": "#2A66AC",
    "#2970C9": "#588DCA",
    "#123F79": "#9CC8F8",
}
