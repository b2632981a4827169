"""Make what browsers load small: a plotly.js with our trace types only, and every script and style sheet compressed beforehand.

    make assets

Written into ``dashboard/assets/built/``, which is not kept in git. Without Node the packaged plotly.js stays, and is compressed beforehand
too; without any of it the dashboard works as well, only slower on the first visit.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import brotli
from plotly.offline import get_plotlyjs_version

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from dashboard import shell  # noqa: E402
from dashboard.access.compression import digest  # noqa: E402
from dashboard.app import create  # noqa: E402

SOURCE = ROOT / "scripts" / "plotly"
WORK = ROOT / "build" / "plotly"
SECONDS = 180
#: A second copy, which Dash asks for when the first is still on its way, must not make a second Plotly.
ONCE = ("if(!window.Plotly){", "window.Plotly=Plotly}")


def main() -> int:
    """Build what can be built here; that it cannot is no failure."""
    shell.BUILT.mkdir(exist_ok=True)
    for old in shell.BUILT.iterdir():
        if old != shell.bundle():
            old.unlink()
    print(_bundle())
    before, after = _compress()
    print(f"Scripts and styles of a first visit: {before / 1e6:.2f} MB, compressed {after / 1e6:.2f} MB.")
    return 0


def _bundle() -> str:
    """Write the bundle and say what came of it."""
    version = get_plotlyjs_version()
    wanted = json.loads((SOURCE / "package.json").read_text("utf-8"))["devDependencies"]["plotly.js"]
    if wanted != version:
        return f"scripts/plotly names plotly.js {wanted}, plotly.py carries {version}: the packaged one is served."
    if _is_fresh(shell.bundle()):
        return f"plotly.js {version} with our trace types is there."
    if not shutil.which("node") or not shutil.which("npm"):
        return "Node is not here: the packaged plotly.js is served."
    WORK.mkdir(parents=True, exist_ok=True)
    for path in SOURCE.iterdir():
        shutil.copy(path, WORK)
    made = WORK / "made.js"
    bundle = ["--bundle", "--minify", "--platform=browser", "--format=iife", "--global-name=Plotly", "--define:global=window"]
    jobs = (
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", "--loglevel=error"],
        ["npx", "--no-install", "esbuild", "entry.js", *bundle, "--log-level=error", f"--outfile={made}"],
    )
    try:
        for job in jobs:
            subprocess.run(job, cwd=WORK, check=True, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        return f"plotly.js could not be bundled ({type(error).__name__} in {job[0]}): the packaged one is served."
    script = ONCE[0] + made.read_text("utf-8") + ONCE[1]
    # Whole or not at all: a server may start meanwhile.
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=shell.BUILT, suffix=".part", delete=False) as part:
        part.write(script)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(shell.bundle())
    return f"plotly.js {version} with {len(shell.TRACES)} trace types: {len(script) / 1e6:.2f} MB."


def _is_fresh(bundle: Path) -> bool:
    return bundle.is_file() and all(path.stat().st_mtime < bundle.stat().st_mtime for path in (*SOURCE.iterdir(), Path(__file__)))


def _compress() -> tuple[int, int]:
    """Compress every file that a first visit loads; return bytes before and after."""
    before = after = 0
    with tempfile.TemporaryDirectory() as empty:
        client = create(Path(empty), pages=(), figures=()).server.test_client()
        page = client.get("/", buffered=True).text
        for address in sorted(set(re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css|json|svg)[^"]*)"', page)) | set(shell.LATER)):
            answer = client.get(address, buffered=True)
            if answer.status_code != 200:
                continue
            packed = brotli.compress(answer.data, quality=11)
            (shell.BUILT / f"{digest(answer.data)}.br").write_bytes(packed)
            before, after = before + len(answer.data), after + len(packed)
    return before, after


if __name__ == "__main__":
    sys.exit(main())
