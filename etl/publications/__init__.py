"""Exports of publication databases -> joint publications: read as exported, de-duplicated, tied to partners, countries and fields.

The works are streamed to disk and joined there, so that memory does not grow with them. See docs/adr/0009-publications.md.
"""
