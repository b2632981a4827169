"""Spreadsheets of an international office -> one published, traceable snapshot.

read -> normalise -> link -> check -> publish; ``pipeline.py`` is the only module that knows them all.
"""
