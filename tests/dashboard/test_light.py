"""Lists and tables leave as plain trees that say the same as the components."""

from __future__ import annotations

import json
from typing import Any

from dash import dcc, html

from dashboard.light import ATTRIBUTE, lightened
from dashboard.parts import badge, link
from dashboard.tables import Column, table


def tree(component: Any) -> Any:
    return json.loads(getattr(component, ATTRIBUTE))


def test_a_table_becomes_a_tree_with_its_links_and_attributes() -> None:
    made = lightened(table([Column("Name", main=True), Column("n", number=True)], [[link("A & <b>", "/a?x=1"), 3]], "All", [["", 3.0]]))
    assert made.children is None
    caption, head, body = tree(made)[0][2]
    assert caption == ["caption", {"class": "sr-only"}, ["All"]]
    assert head[0] == "thead"
    first, second = body[2][0][2]
    assert first == ["td", {"class": "main", "data-label": "Name"}, [["a", {"href": "/a?x=1", "class": "link inside"}, ["A & <b>"]]]]
    assert second == ["td", {"class": "number", "data-label": "n", "data-key": "3.0"}, ["3"]]


def test_what_is_more_than_a_tag_stays_a_component() -> None:
    graph = html.Div(dcc.Graph(id="g"), className="table-scroll")
    assert isinstance(lightened(graph).children, dcc.Graph)


def test_only_lists_and_tables_are_taken_and_all_that_is_inside_them() -> None:
    page = html.Div(
        [html.H1("Title"), html.Ul([html.Li([badge("x"), None, [" ", "y"]], style={"paddingLeft": "2px"})], className="records")]
    )
    made = lightened(page)
    assert made.children[0].children == "Title"
    assert tree(made.children[1]) == [["li", {"style": "padding-left:2px"}, [["span", {"class": "badge badge-plain"}, ["x"]], " ", "y"]]]
