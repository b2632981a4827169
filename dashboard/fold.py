"""Fold the plain parts of a page into one component each: Dash pays for every component, React hardly for an element.

Every action in Dash 4.4 asks every component of the page whether it concerns it, and every component that appears is an action: a page of
1,400 components (a table of 250 rows) took 1.5 s to appear, with 100 components it takes 0.1 s (measured). Nothing that Dash does for a
component is needed for text, cells and links; assets/fold.js draws them.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from functools import cache
from typing import Any, cast

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
    if isinstance(value, (list, tuple)):
        return [folded(each, kept) for each in value]
    if not is_component(value):
        return value
    is_plain, found = _folded(value, kept)
    return _component(found) if is_plain else found


def is_component(value: Any) -> bool:
    """Tell whether ``value`` is a component: to ask its class, which is abstract, takes ten times as long."""
    return hasattr(value, "_namespace")


def _component(node: dict[str, Any]) -> dict[str, Any]:
    return {"namespace": NAMESPACE, "type": TYPE, "props": {"tree": node}}


def _folded(value: Component, kept: Collection[str]) -> tuple[bool, dict[str, Any]]:
    """Return whether all of ``value`` is plain, and its node where it is; else the component with its plain parts folded."""
    given = vars(value)
    is_plain, inside = _child(given.get("children"), kept)
    if is_plain and (tag := _tag(cast(Hashable, type(value)))) and _is_free(given, kept):
        return True, _node(tag, given, inside)
    props = {name: each for name, each in given.items() if name not in _NOT_GIVEN or name == "children"}
    props |= {name: folded(each, kept) for name, each in props.items() if name in _SLOTS}
    if "children" in props:
        props["children"] = _whole(inside) if is_plain else inside
    return False, {"namespace": value._namespace, "type": value._type, "props": props}


#: What Dash keeps in a component beside the properties that were given to it.
_NOT_GIVEN = frozenset(vars(html.Div()))
#: Properties of Mantine's components that hold components.
_SLOTS = frozenset({"leftSection", "rightSection", "label", "icon", "title"})


def _child(child: Any, kept: Collection[str]) -> tuple[bool, Any]:
    """Return whether all of a child (or of a list of them) is plain, and its node where it is; else the child folded."""
    if isinstance(child, str) or child is None:
        return True, child
    if isinstance(child, (list, tuple)):
        found = [_child(each, kept) for each in child]
        if all(is_plain for is_plain, _ in found):
            return True, [node for _, node in found]
        return False, [_whole(each) if is_plain else each for is_plain, each in found]
    if is_component(child):
        return _folded(child, kept)
    return not isinstance(child, dict), child


def _whole(node: Any) -> Any:
    """Return a node, or a list of nodes, as what stands in a component that is not plain."""
    if isinstance(node, dict):
        return _component(node)
    return [_whole(each) for each in node] if isinstance(node, list) else node


@cache
def _tag(kind: Any) -> str:
    """Return the tag of an element; that of a link within the dashboard is ``link``; nothing for what is not plain."""
    if kind._namespace != _HTML and (kind._namespace, kind._type) != _LINK:
        return ""
    return _TAGS.get(kind._type) or str(kind._type).lower()


def _is_free(given: dict[str, Any], kept: Collection[str]) -> bool:
    """Tell whether no callback reaches a component with these properties."""
    id_ = given.get("id")
    return not ("n_clicks" in given or isinstance(id_, dict) or id_ in kept)


def _node(tag: str, given: dict[str, Any], inside: Any) -> dict[str, Any]:
    """Return tag, properties and children."""
    properties = {name: each for name, each in given.items() if name not in _NOT_GIVEN and each is not None}
    node: dict[str, Any] = {"t": tag}
    if properties:
        node["p"] = properties
    shown = [each for each in inside if each is not None] if isinstance(inside, list) else [] if inside is None else [inside]
    if shown:
        node["c"] = shown[0] if len(shown) == 1 else shown
    return node
