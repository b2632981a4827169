"""Spellings -> one partner; rows -> one agreement; news and outcomes -> agreements."""
