"""Families for the tests, written where they are used."""

from __future__ import annotations

from questions.family import Family, read_family

HEAD = 'title: A test\ncourse: [nn.test]\nsource: "nobody"\n'


def family(body: str, *, topic: str = "nn", name: str = "test") -> Family:
    """The family of a body without title, course and source."""
    return read_family(HEAD + body, f"{topic}/{name}.yaml", topic=topic, name=name)


SUM = """
draw:
  n: {integer: [2, 9]}
  m: {integer: [2, 9]}
prompt: What is $n + m$ for {n} and {m}?
answer: {integer: "n + m"}
oracle: convolution.parameter_count
mistakes:
  - {name: product, key: "n*m", says: "Add {n} and {m}."}
  - {name: difference, key: "n - m", says: "Do not subtract."}
steps: |
  total = n + m
"""

SOFTMAX = """
draw: {f: {choice: [sigmoid, tanh]}}
symbols: {z: [K], g: [K]}
forward: |
  y = {f}(z)
  L = sum(g*y)
prompt: |
  With

  {forward}

  write $dL/dz$ for ${f}(z)$.
answer: {formula: "g*where({f}(0) == 0, 1 - y**2, y*(1 - y))"}
oracle: {autograd: {of: L, with_respect_to: z}}
mistakes:
  - {name: sign, key: "-g*where({f}(0) == 0, 1 - y**2, y*(1 - y))", says: "The sign."}
  - {name: tanh-always, key: "g*(1 - y**2)", says: "That is tanh."}
  - {name: tanh-again, key: "g - g*y**2", says: "Never seen: the same as before."}
"""

COUNT = """
draw: {c: {integer: [2, 9]}, filters: {integer: [2, 9]}, k: {choice: [3, 5]}}
prompt: How many for $k = {k}$, {c} and {filters}?
answer: {integer: "filters*(c*k**2 + 1)"}
oracle: convolution.parameter_count
mistakes:
  - {name: no-bias, key: "filters*c*k**2", says: "Biases too."}
steps: |
  weights = c*k**2
  all = filters*(weights + 1)
"""
