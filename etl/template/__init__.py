"""An empty workbook that an office fills in: columns, notes and lists in its language, every one of which the reader knows."""

from etl.template.book import content
from etl.template.columns import LANGUAGES

__all__ = ["LANGUAGES", "content"]
