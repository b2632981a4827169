"""How a link was found: its rule, its text, how sure it is, and whether it counts."""

from __future__ import annotations

from dash import html

from dashboard.locale import Say
from dashboard.pages.chain import PROPOSED, SURE
from dashboard.pages.names import Row
from dashboard.parts import Child, badge, external_link
from etl.tables import Link
from etl.words.rules import method_said


def proof(say: Say, link: Row) -> list[Child]:
    """Return the rule and the text that proves the link; a proposal says that it is one."""
    raw = str(link[Link.raw])
    shown: Child = external_link(raw.split("/")[2], raw) if raw.startswith(("http://", "https://")) else html.Code(raw, className="raw")
    found: list[Child] = [say.about(method_said(say, link[Link.method]), ""), shown]
    if link[Link.confidence] < 1:
        found += [" ", badge(say(SURE, percent=round(link[Link.confidence] * 100)))]
    return found if link[Link.accepted] else [*found, " ", badge(say(PROPOSED), "warning")]
