"""Spreadsheets of an international office -> one published, traceable snapshot.

read -> normalise -> link -> check -> publish; ``pipeline`` is the only package that knows them all.
"""

VERSION = "2026.11.0"
