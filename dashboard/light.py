"""Lists and tables as plain trees, which a script of ours builds: the renderer of Dash is for what changes by itself.

Every component costs the renderer of Dash 4.4 some milliseconds, and a table has thousands: the page of data quality took half a minute
on a busy machine, of which drawing was the least. Pages go on building components; what holds only texts and links leaves as a tree.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import orjson
from dash import dcc, html
from dash.development.base_component import Component

Tree: TypeAlias = str | list[Any]
#: Classes of the components whose inside is a plain tree.
LIGHT: frozenset[str] = frozenset({"table-scroll", "records", "stream", "results"})
ATTRIBUTE = "data-tree"
_CAPITAL = re.compile("[A-Z]")
_NAMES = {"className": "class", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan", "htmlFor": "for"}


def lightened(component: Component) -> Component:
    """Turn the inside of every list and table below ``component`` into a tree, in place, where it holds only texts, tags and links."""
    inside = getattr(component, "children", None)
    if _is_light(component):
        trees = _trees(inside)
        if trees is not None:
            component.children = None
            setattr(component, ATTRIBUTE, orjson.dumps(trees).decode())
            return component
    for child in inside if isinstance(inside, (list, tuple)) else [inside]:
        if isinstance(child, Component):
            lightened(child)
    return component


def _is_light(component: Component) -> bool:
    names = str(getattr(component, "className", None) or "").split()
    return not LIGHT.isdisjoint(names) and component._namespace == html.Div._namespace


def _trees(children: Any) -> list[Tree] | None:
    """Return the children as trees; None when one of them is more than a tag."""
    found: list[Tree] = []
    for child in children if isinstance(children, (list, tuple)) else [children]:
        if child is None:
            continue
        if isinstance(child, (list, tuple)):
            nested = _trees(child)
            if nested is None:
                return None
            found += nested
            continue
        tree = _tree(child) if isinstance(child, Component) else str(child)
        if tree is None:
            return None
        found.append(tree)
    return found


def _tree(component: Component) -> Tree | None:
    is_link = isinstance(component, dcc.Link)
    if not is_link and component._namespace != html.Div._namespace:
        return None
    props = {name: value for name, value in component.to_plotly_json()["props"].items() if value is not None}
    inside = _trees(props.pop("children", None))
    if inside is None or isinstance(props.get("id"), dict):
        return None
    if is_link:
        props["className"] = f"{props.get('className') or ''} inside".strip()
        props = {name: props[name] for name in ("href", "className", "title", "id") if name in props}
    return ["a" if is_link else component._type.lower(), {_NAMES.get(name, name): _value(value) for name, value in props.items()}, inside]


def _value(value: Any) -> str | bool:
    if isinstance(value, dict):  # a style
        styles = {_CAPITAL.sub(lambda capital: f"-{capital[0].lower()}", name): text for name, text in value.items()}
        return ";".join(f"{name}:{text}" for name, text in styles.items())
    return value if isinstance(value, bool) else str(value)
