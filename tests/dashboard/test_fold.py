import dash_mantine_components as dmc
import numpy as np
import orjson
import pytest
from dash import dcc, html
from plotly.io.json import to_json_plotly

from dashboard.elements import element
from dashboard.fold import folded
from dashboard.parts import badge, link
from dashboard.tables import Column, table
from dashboard.written import written


def as_sent(*components, kept=()):
    return orjson.loads(written(folded(list(components), kept)))


def test_a_plain_part_becomes_one_component():
    (made,) = as_sent(html.Div([html.P("a", className="note"), "b", dcc.Link("c", href="/c")]))
    assert (made["namespace"], made["type"]) == ("cooperation", "Plain")
    assert made["props"]["tree"] == {
        "t": "div",
        "c": [{"t": "p", "p": {"className": "note"}, "c": "a"}, "b", {"t": "link", "p": {"href": "/c"}, "c": "c"}],
    }


def test_a_chart_stays_a_component_and_what_stands_beside_it_is_folded():
    graph = dcc.Graph(id={"type": "chart", "id": "x", "adds": ""}, figure={})
    (made,) = as_sent(html.Section([html.H2("title"), html.Div(graph, role="img"), html.Details([html.Summary("s")])]))
    head, chart, twin = made["props"]["children"]
    assert made["type"] == "Section"
    assert head["props"]["tree"]["t"] == "h2"
    assert chart["props"]["children"]["type"] == "Graph"
    assert twin["props"]["tree"] == {"t": "details", "c": {"t": "summary", "c": "s"}}


def test_what_a_callback_reaches_stays_a_component():
    inside = [html.Button("a", id="mine"), html.Button("b", id={"type": "row", "id": "1"}), html.Button("c", id="other"), html.P("d")]
    (made,) = as_sent(html.Div(inside), kept={"mine"})
    kinds = [each["type"] for each in made["props"]["children"]]
    assert kinds == ["Button", "Button", "Plain", "Plain"]


def test_texts_numbers_and_gaps_survive():
    (made,) = as_sent(html.Ul([html.Li(0), html.Li(""), None, html.Li(["a", ["b", html.B("c")]]), html.Li(None)]))
    items = made["props"]["tree"]["c"]
    assert items[0] == {"t": "li", "c": 0}
    assert items[1] == {"t": "li", "c": ""}
    assert items[2] == {"t": "li", "c": ["a", ["b", {"t": "b", "c": "c"}]]}
    assert items[3] == {"t": "li"}


def test_a_table_is_one_component_with_its_links_and_what_it_is_sorted_by():
    made = table([Column("Name", main=True), Column("n", number=True)], [[link("A & <b>", "/a?x=1"), 3]], "All", [["", 3.0]])
    (whole,) = as_sent(made)
    inside = whole["props"]["tree"]["c"]
    assert whole["type"] == "Plain"
    assert inside["t"] == "table"
    head, body = inside["c"][1:]
    assert head["c"]["c"][0]["c"] == {"t": "button", "p": {"type": "button", "className": "sort"}, "c": "Name"}
    first, second = body["c"]["c"]
    assert first["c"] == {"t": "link", "p": {"href": "/a?x=1", "className": "link"}, "c": "A & <b>"}
    assert second == {"t": "td", "p": {"className": "number", "data-label": "n", "data-key": "3.0"}, "c": 3}


def test_a_list_with_more_than_tags_keeps_what_is_more_and_folds_the_rest():
    chart = dcc.Graph(id="g", figure={})
    (made,) = as_sent(html.Ul([html.Li(badge("x")), html.Li(chart)], className="records"))
    plain, other = made["props"]["children"]
    assert plain["props"]["tree"]["c"]["p"] == {"className": "badge badge-plain"}
    assert other["props"]["children"]["type"] == "Graph"


def test_data_that_only_looks_like_a_component_is_left_alone():
    data = {"namespace": "dash_html_components", "figure": [1, {"type": "P"}]}
    assert folded(data) == data


def test_what_is_folded_has_the_properties_that_dash_would_send():
    components = [
        html.Button("a", id={"type": "row", "id": "1"}, disabled=False, **{"aria-label": "b"}),
        dmc.Select(id="s", data=["x"], label=html.Span("l"), value=None, leftSection=[html.I()]),
        dcc.Graph(id="g", figure={"data": [{"x": np.array([1, 2])}]}, style={"height": "3px"}, responsive=True),
    ]
    for each in components:
        sent, known = as_sent(each)[0], orjson.loads(to_json_plotly(each))
        slots = {"label", "leftSection"} & known["props"].keys()
        assert {name: value for name, value in sent["props"].items() if name not in slots} == {
            name: value for name, value in known["props"].items() if name not in slots
        }
        assert all("Plain" in str(sent["props"][name]) for name in slots)
        assert (sent["namespace"], sent["type"]) == (known["namespace"], known["type"])


def test_an_element_made_quickly_is_the_one_that_dash_makes():
    given = {"className": "a", "data-label": "b"}
    assert element(html.Td, ["x", 1], **given).to_plotly_json() == html.Td(["x", 1], **given).to_plotly_json()
    assert element(html.Td, "y").children == "y"
    with pytest.raises(TypeError, match="unexpected"):
        element(html.Td, "x", clasName="a")
