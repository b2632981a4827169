"""The definitions of the indicators as pure functions: nothing here speaks to a file, an engine, a page or the clock.

A leaf: the dashboard draws these numbers and ``etl diff`` says why they moved, so both count by one definition.
"""
