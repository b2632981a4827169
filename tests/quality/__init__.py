"""How well the ETL understands, measured on gold: ``make quality``, or ``make quality GOLD=folder``.

The gold is not part of the repository; where it is absent the command says so. What is counted right is written in the gold's README.
"""
