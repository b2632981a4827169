import re
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard import colours
from dashboard.app import ASSETS
from dashboard.card import TEMPLATE, themed
from dashboard.figures import agreements_on_map, problems_by_file
from dashboard.figures.cell_texts import lettered
from dashboard.parts import external_link, tile
from dashboard.plain import plain
from dashboard.tables import Column, table


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("hue", [*colours.CATEGORIES, colours.OTHERS])
def test_every_hue_is_seen_on_both_backgrounds(hue):
    assert contrast(hue, colours.CARD) >= 3
    assert contrast(hue, colours.NIGHT[colours.CARD]) >= 3


@pytest.mark.parametrize("ink", [colours.INK, colours.MUTED, colours.WARNING])
def test_text_is_read_on_both_backgrounds(ink):
    assert contrast(ink, colours.CARD) >= 4.5
    assert contrast(colours.NIGHT[ink], colours.NIGHT[colours.CARD]) >= 4.5


def test_the_style_sheet_has_the_colours_of_the_charts():
    sheet = (ASSETS / "1-base.css").read_text("utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", part)) for part in re.findall(r":root[^{]*\{([^}]*)\}", sheet)[:2])
    for name in ("ink", "muted", "line", "card", "warning"):
        colour = getattr(colours, name.upper())
        assert (light[name], dark[name]) == (colour, colours.NIGHT[colour])


def test_exchanged_colours_can_be_exchanged_back():
    assert len(set(colours.NIGHT.values())) == len(colours.NIGHT)


def test_the_template_is_one_that_plotly_knows():
    go.layout.Template(TEMPLATE)


def test_a_theme_changes_colours_and_nothing_else():
    plot = {"data": [{"type": "bar", "x": [colours.INK], "y": [1], "marker": {"color": colours.LINE}}], "layout": {}}
    dark = themed(plot, dark=True)
    assert dark["data"][0]["x"] == [colours.INK]
    assert dark["data"][0]["marker"]["color"] == colours.NIGHT[colours.LINE]
    assert plot["data"][0]["marker"]["color"] == colours.LINE


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://a@evil.example", "//x", "", None, "http://a\n", "http://["],
)
def test_only_plain_addresses_become_links(address):
    assert external_link("text", address) == "text"


def test_a_plain_address_is_a_link_that_tells_the_other_site_nothing():
    made = external_link("text", "https://example.org/a?b=c")
    assert (made.rel, made.target) == ("noopener noreferrer", "_blank")


def test_markup_in_data_is_text_for_plotly():
    assert plain('<a href="x">&</a>') == '&lt;a href="x"&gt;&amp;&lt;/a&gt;'


def test_a_table_names_its_cells_for_the_phone():
    made = table(["Name", Column("Number", number=True)], [["A", 1]], "Caption")
    cell = made.children.children[2].children[0].children[1]
    assert (cell.children, cell.className, getattr(cell, "data-label")) == (1, "number", "Number")


@pytest.mark.parametrize(
    ("values", "has_line"), [([1, 2, 3], True), ([1], False), ([None, None], False), ([0, 0], True), ([float("nan"), 1], False)]
)
def test_a_sparkline_needs_two_points(values, has_line):
    foot = tile("Label", "1", spark=values).children[2]
    assert (foot.children[1] is not None) == has_line


def test_nothing_of_ours_is_fetched_from_elsewhere():
    for path in Path(ASSETS).glob("*.*s"):
        found = re.findall(r"https?://(?!www\.w3\.org)[^\s\"')]+", path.read_text("utf-8"))
        assert not found, path.name


@pytest.mark.parametrize("is_night", [False, True])
@pytest.mark.parametrize(("ramp", "middle"), [(colours.SEQUENTIAL, None), (colours.DIVERGING, 0.5)])
def test_what_is_written_into_a_cell_is_legible_on_every_colour_of_its_ramp(ramp, middle, is_night):
    numbers = [at / 199 for at in range(200)]
    heatmap = {"z": [numbers], "x": numbers, "y": [0], "zmin": 0, "zmax": 1, "zmid": middle}
    _, written = lettered(heatmap, [["5"] * len(numbers)])
    assert written["x"] == numbers
    theme = colours.NIGHT if is_night else {}
    stops = [(place, theme.get(each, each)) for place, each in ramp]
    pairs = [(theme.get(ink, ink), on_ramp(stops, at)) for at, ink in zip(numbers, written["textfont"]["color"], strict=True)]
    assert [(ink, cell) for ink, cell in pairs if contrast(ink, cell) < 4.5] == []


def on_ramp(stops, at):
    """Return the colour that plotly gives to ``at``: between two stops their mixture."""
    place = max(index for index, (stop, _) in enumerate(stops[:-1]) if stop <= at)
    (start, one), (end, other) = stops[place : place + 2]
    parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * (at - start) / (end - start)):02X}" for a, b in parts)


def test_an_empty_cell_and_one_without_a_number_have_no_text():
    _, written = lettered({"z": [[1, None, 0]], "x": [0, 1, 2], "y": [7], "zmin": 0}, [["1", "", ""]])
    assert (written["x"], written["y"], written["text"]) == ([0], [7], ["1"])


@pytest.mark.parametrize("ground", [colours.LAND, colours.CARD])
@pytest.mark.parametrize("theme", [{}, colours.NIGHT])
def test_the_number_of_a_symbol_is_legible_on_it_though_the_land_shows_through(theme, ground):
    symbol = [(0, theme.get(ground, ground)), (1, colours.ACCENT)]
    assert contrast(theme.get(colours.INK, colours.INK), on_ramp(symbol, agreements_on_map._OPACITY)) >= 4.5


@pytest.mark.parametrize("severity", problems_by_file._HUES)
def test_the_number_of_problems_is_legible_on_its_bar(severity):
    assert contrast(problems_by_file._NUMBERS[severity], problems_by_file._HUES[severity]) >= 4.5
    assert problems_by_file._HUES[severity] not in colours.NIGHT
