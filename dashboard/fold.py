"""Fold the plain parts of a page into one component each: Dash pays for every component, React hardly for an element.

Every action in Dash 4.4 asks every component of the page whether it concerns it, and every component that appears is an action: a page of
1,400 components (a table of 250 rows) took 1.5 s to appear, with 100 components it takes 0.1 s (measured). Nothing that Dash does for a
component is needed for text, cells and links; assets/fold.js draws them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

NAMESPACE, TYPE = "cooperation", "Plain"
_HTML, _LINK = "dash_html_components", ("dash_core_components", "Link")
_TAGS = {"MapEl": "map", "ObjectEl": "object"}


def folded(value: Any, kept: Collection[str] = frozenset()) -> Any:
    """Return ``value`` (components as JSON) with every largest plain part folded.

    Plain are elements and links. What a callback reaches stays a component: what has a pattern as its id, or an id in ``kept``.

    >>> cell = {"namespace": "dash_html_components", "type": "Td", "props": {"children": "x", "title": "y"}}
    >>> folded([cell])[0]["props"]
    {'tree': {'t': 'td', 'p': {'title': 'y'}, 'c': 'x'}}
    """
    whole, node = _folded(value, kept)
    return whole if node is None else _component(node)


def _component(node: dict[str, Any]) -> dict[str, Any]:
    return {"namespace": NAMESPACE, "type": TYPE, "props": {"tree": node}}


def _folded(value: Any, kept: Collection[str]) -> tuple[Any, dict[str, Any] | None]:
    """Return ``value`` with its plain parts folded, and its node where all of it is plain."""
    if isinstance(value, list):
        return [folded(each, kept) for each in value], None
    if not isinstance(value, dict) or "namespace" not in value or "props" not in value:
        return value, None
    props = value["props"]
    inside, nodes = _children(props.get("children"), kept)
    if nodes is not None and _is_plain(value, kept):
        return value, _node(value, nodes)
    other = {name: folded(each, kept) if isinstance(each, (list, dict)) else each for name, each in props.items() if name in _SLOTS}
    return value | {"props": props | other | ({"children": inside} if "children" in props else {})}, None


#: Properties of Mantine's components that hold components.
_SLOTS = frozenset({"leftSection", "rightSection", "label", "icon", "title"})


def _children(children: Any, kept: Collection[str]) -> tuple[Any, list[Any] | None]:
    """Return ``children`` folded, and as nodes where all of them are plain."""
    given = children if isinstance(children, list) else [children]
    both = [_child(each, kept) for each in given]
    inside = [whole for whole, _ in both]
    plain = all(is_plain for _, (is_plain, _) in both)
    return inside if isinstance(children, list) else inside[0], [node for _, (_, node) in both] if plain else None


def _child(child: Any, kept: Collection[str]) -> tuple[Any, tuple[bool, Any]]:
    if isinstance(child, list):
        inside, nodes = _children(child, kept)
        return inside, (nodes is not None, nodes)
    whole, node = _folded(child, kept)
    if node is not None:
        return _component(node), (True, node)
    return whole, (not isinstance(child, dict), child)


def _is_plain(value: dict[str, Any], kept: Collection[str]) -> bool:
    id_ = value["props"].get("id")
    if isinstance(id_, dict) or id_ in kept or "n_clicks" in value["props"]:
        return False
    return value["namespace"] == _HTML or (value["namespace"], value["type"]) == _LINK


def _node(value: dict[str, Any], nodes: list[Any]) -> dict[str, Any]:
    """Return tag, properties and children; the tag of a link within the dashboard is ``link``."""
    name = value["type"]
    properties = {key: each for key, each in value["props"].items() if key != "children" and each is not None}
    node: dict[str, Any] = {"t": _TAGS.get(name, name.lower())}
    if properties:
        node["p"] = properties
    shown = [each for each in nodes if each is not None]
    if shown:
        node["c"] = shown[0] if len(shown) == 1 else shown
    return node
