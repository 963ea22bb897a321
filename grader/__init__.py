"""Judges answers: formulas, numbers, choices and code. Knows no question bank."""
