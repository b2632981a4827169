"""The definitions of INDICATORS.md as pure functions: nothing here speaks to the engine, the page or the clock."""
