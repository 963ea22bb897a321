"""Models that are trained once on a machine and then kept: one module for each task, and the loop they share."""
