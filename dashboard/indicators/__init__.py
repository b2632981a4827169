"""Numbers that only a page needs, as pure functions; the indicators themselves are in ``etl.indicators``."""
