"""Statistics of answers: pure functions from answers to figures, each with the number of answers that it rests on."""
