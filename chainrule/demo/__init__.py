"""The demonstration: a quiz with a fixed seed, answers from `answers.yaml`, everything else as in real use."""
