"""The page before there is anything on it: what the browser loads, in which order, and from where.

A first visit waits for plotly.js more than for all the rest: the page asks for it first, and for a small one where ``make assets`` made it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from plotly.offline import get_plotlyjs_version

from dashboard.world import GEOMETRY, TOPOJSON_URL

ASSETS = Path(__file__).parent / "assets"
BUILT = ASSETS / "built"
#: What the bundle of scripts/plotly/entry.js can draw; a figure with another trace needs it registered there.
TRACES = frozenset({"bar", "choropleth", "heatmap", "sankey", "scatter", "scattergeo", "treemap"})
PACKAGED = "/_dash-component-suites/plotly/package_data/plotly.min.js"
#: Loaded when the first chart is drawn; asked for with the page, or each would wait for the one before it.
CHART_SCRIPT = "/_dash-component-suites/dash/dcc/async-graph.js"
MAP = f"{TOPOJSON_URL}{GEOMETRY}"
LATER = (CHART_SCRIPT, MAP)
#: Assets that Dash must not put into the page by itself.
NOT_BY_ITSELF = r"early\.js|ahead\.js|plotly.*\.min\.js"

_INDEX = """<!DOCTYPE html>
<html lang="en" data-theme="light">
<head>
{%metas%}
<meta name="color-scheme" content="light dark">
<title>{%title%}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script src="/assets/early.js?m=@early@"></script>
<script src="/assets/ahead.js?m=@ahead@" data-map="@map@"></script>
<link rel="preload" as="fetch" href="/_dash-layout" crossorigin="anonymous">
<link rel="preload" as="fetch" href="/_dash-dependencies" crossorigin="anonymous">
@plotly@
<link rel="preload" as="script" href="@chart@">
{%css%}
</head>
<body>
<noscript>This dashboard needs JavaScript. / Для работы нужен JavaScript. / 请启用 JavaScript。</noscript>
{%app_entry%}
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>
"""


def bundle() -> Path:
    """Return where the plotly.js of ``make assets`` lies, or would lie: its name says of which version it must be."""
    return BUILT / f"plotly-{get_plotlyjs_version()}.min.js"


def index() -> str:
    """Return the template of the page; assets/plotly_once.js keeps Dash from loading a second plotly.js."""
    small = bundle()
    if small.is_file():
        plotly = f'<script defer src="/assets/built/{small.name}?m={_version(small)}" data-plotly></script>'
    else:
        plotly = f'<link rel="preload" as="script" href="{PACKAGED}">'
    page = _INDEX.replace("@plotly@", plotly).replace("@chart@", CHART_SCRIPT).replace("@map@", MAP)
    for name in ("early", "ahead"):
        page = page.replace(f"@{name}@", _version(ASSETS / f"{name}.js"))
    return page


def _version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
