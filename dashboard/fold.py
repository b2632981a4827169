"""Fold the plain parts of a page into one component each: Dash pays for every component, React hardly for an element.

Every action in Dash 4.4 asks every component of the page whether it concerns it, and every component that appears is an action: a page of
1,400 components (a table of 250 rows) took 1.5 s to appear, with 100 components it takes 0.1 s (measured). Nothing that Dash does for a
component is needed for text, cells and links; assets/fold.js draws them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dash import html
from dash.development.base_component import Component

NAMESPACE, TYPE = "cooperation", "Plain"
_HTML, _LINK = "dash_html_components", ("dash_core_components", "Link")
_TAGS = {"MapEl": "map", "ObjectEl": "object"}


def folded(value: Any, kept: Collection[str] = frozenset()) -> Any:
    """Return ``value`` (components, or lists of them) as JSON with every largest plain part folded.

    Plain are elements and links. What a callback reaches stays a component: what has a pattern as its id, or an id in ``kept``.

    >>> from dash import html
    >>> folded([html.Td("x", title="y")])[0]["props"]
    {'tree': {'t': 'td', 'p': {'title': 'y'}, 'c': 'x'}}
    """
    whole, node = _folded(value, kept)
    return whole if node is None else _component(node)


def _component(node: dict[str, Any]) -> dict[str, Any]:
    return {"namespace": NAMESPACE, "type": TYPE, "props": {"tree": node}}


def _folded(value: Any, kept: Collection[str]) -> tuple[Any, dict[str, Any] | None]:
    """Return ``value`` with its plain parts folded, and its node where all of it is plain."""
    if isinstance(value, (list, tuple)):
        return [folded(each, kept) for each in value], None
    if not isinstance(value, Component):
        return value, None
    props = _own(value)
    inside, nodes = _children(props.get("children"), kept)
    if nodes is not None and _is_plain(value, props, kept):
        return value, _node(value, props, nodes)
    other = {name: folded(each, kept) for name, each in props.items() if name in _SLOTS and isinstance(each, (list, tuple, Component))}
    whole = props | other | ({"children": inside} if "children" in props else {})
    return {"namespace": value._namespace, "type": value._type, "props": whole}, None


#: What Dash keeps in a component beside the properties that were given to it.
_NOT_GIVEN = frozenset(vars(html.Div()))


def _own(value: Component) -> dict[str, Any]:
    """Return the properties of a component: Dash's own function asks for each that it could have, thirty of them."""
    return {name: each for name, each in vars(value).items() if name not in _NOT_GIVEN or name == "children"}


#: Properties of Mantine's components that hold components.
_SLOTS = frozenset({"leftSection", "rightSection", "label", "icon", "title"})


def _children(children: Any, kept: Collection[str]) -> tuple[Any, list[Any] | None]:
    """Return ``children`` folded, and as nodes where all of them are plain."""
    is_several = isinstance(children, (list, tuple))
    inside, nodes, plain = [], [], True
    for each in children if is_several else (children,):
        whole, is_plain, node = _child(each, kept)
        inside.append(whole)
        nodes.append(node)
        plain = plain and is_plain
    return inside if is_several else inside[0], nodes if plain else None


def _child(child: Any, kept: Collection[str]) -> tuple[Any, bool, Any]:
    """Return a child folded, whether all of it is plain, and its node."""
    if isinstance(child, str) or child is None:
        return child, True, child
    if isinstance(child, (list, tuple)):
        inside, nodes = _children(child, kept)
        return inside, nodes is not None, nodes
    whole, node = _folded(child, kept)
    if node is not None:
        return _component(node), True, node
    return whole, not isinstance(child, (dict, Component)), child


def _is_plain(value: Component, props: dict[str, Any], kept: Collection[str]) -> bool:
    id_ = props.get("id")
    if isinstance(id_, dict) or id_ in kept or "n_clicks" in props:
        return False
    return value._namespace == _HTML or (value._namespace, value._type) == _LINK


def _node(value: Component, props: dict[str, Any], nodes: list[Any]) -> dict[str, Any]:
    """Return tag, properties and children; the tag of a link within the dashboard is ``link``."""
    properties = {key: each for key, each in props.items() if key != "children" and each is not None}
    node: dict[str, Any] = {"t": _TAGS.get(value._type, value._type.lower())}
    if properties:
        node["p"] = properties
    shown = [each for each in nodes if each is not None]
    if shown:
        node["c"] = shown[0] if len(shown) == 1 else shown
    return node
