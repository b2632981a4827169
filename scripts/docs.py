"""Print the documents that come from the code: docs/tables.md. With --check, fail when they are not fresh."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from etl.tables import markdown  # noqa: E402 - the checkout is not installed

TARGET = ROOT / "docs" / "tables.md"


def main() -> int:
    if "--check" in sys.argv:
        fresh = TARGET.is_file() and TARGET.read_text("utf-8") == markdown()
        print("docs/tables.md is fresh" if fresh else "docs/tables.md is not fresh: run `make docs`")
        return 0 if fresh else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(markdown(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
