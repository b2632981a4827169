import orjson
from dash import dcc, html
from plotly.io.json import to_json_plotly

from dashboard.fold import folded
from dashboard.parts import badge, link
from dashboard.tables import Column, table


def as_json(*components):
    return orjson.loads(to_json_plotly(list(components)))


def test_a_plain_part_becomes_one_component():
    (made,) = folded(as_json(html.Div([html.P("a", className="note"), "b", dcc.Link("c", href="/c")])))
    assert (made["namespace"], made["type"]) == ("cooperation", "Plain")
    assert made["props"]["tree"] == {
        "t": "div",
        "c": [{"t": "p", "p": {"className": "note"}, "c": "a"}, "b", {"t": "link", "p": {"href": "/c"}, "c": "c"}],
    }


def test_a_chart_stays_a_component_and_what_stands_beside_it_is_folded():
    graph = dcc.Graph(id={"type": "chart", "id": "x", "adds": ""}, figure={})
    (made,) = folded(as_json(html.Section([html.H2("title"), html.Div(graph, role="img"), html.Details([html.Summary("s")])])))
    head, chart, twin = made["props"]["children"]
    assert made["type"] == "Section"
    assert head["props"]["tree"]["t"] == "h2"
    assert chart["props"]["children"]["type"] == "Graph"
    assert twin["props"]["tree"] == {"t": "details", "c": {"t": "summary", "c": "s"}}


def test_what_a_callback_reaches_stays_a_component():
    inside = [html.Button("a", id="mine"), html.Button("b", id={"type": "row", "id": "1"}), html.Button("c", id="other"), html.P("d")]
    (made,) = folded(as_json(html.Div(inside)), {"mine"})
    kinds = [each["type"] for each in made["props"]["children"]]
    assert kinds == ["Button", "Button", "Plain", "Plain"]


def test_texts_numbers_and_gaps_survive():
    (made,) = folded(as_json(html.Ul([html.Li(0), html.Li(""), None, html.Li(["a", ["b", html.B("c")]]), html.Li(None)])))
    items = made["props"]["tree"]["c"]
    assert items[0] == {"t": "li", "c": 0}
    assert items[1] == {"t": "li", "c": ""}
    assert items[2] == {"t": "li", "c": ["a", ["b", {"t": "b", "c": "c"}]]}
    assert items[3] == {"t": "li"}


def test_a_table_is_one_component_with_its_links_and_what_it_is_sorted_by():
    made = table([Column("Name", main=True), Column("n", number=True)], [[link("A & <b>", "/a?x=1"), 3]], "All", [["", 3.0]])
    (whole,) = folded(as_json(made))
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
    (made,) = folded(as_json(html.Ul([html.Li(badge("x")), html.Li(chart)], className="records")))
    plain, other = made["props"]["children"]
    assert plain["props"]["tree"]["c"]["p"] == {"className": "badge badge-plain"}
    assert other["props"]["children"]["type"] == "Graph"


def test_data_that_only_looks_like_a_component_is_left_alone():
    data = {"namespace": "dash_html_components", "figure": [1, {"type": "P"}]}
    assert folded(data) == data
