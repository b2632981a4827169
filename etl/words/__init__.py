"""What the ETL says to people, in each language: findings with their details, rules, and the words of its reports."""
