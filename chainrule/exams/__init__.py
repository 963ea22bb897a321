"""Exams from blueprints: forms, the clock, grades, papers and reports. Neither a store nor a terminal is needed."""
