"""Rewrite rules, by what they are about; `simplify.py` lists and applies them."""
