"""Grading a class: a folder of submissions in, results, gradebook, feedback and report out."""
