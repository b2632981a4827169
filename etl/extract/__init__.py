"""News text -> the partners and countries it names, each with the span that proves it."""
