"""Windows in pictures are those that gradients of torch's convolutions reach."""

from __future__ import annotations

import pytest
import torch

from solutions.convolution_pictures import pooling, receptive_field, sliding, three_layers, transposed
from solutions.drawings import Strip

SETTINGS = [(10, 3, 1, 2, 2), (64, 7, 3, 1, 3), (11, 3, 0, 3, 1), (7, 2, 0, 1, 3), (5, 5, 0, 1, 1), (6, 2, 3, 3, 3)]
TOWERS = [((3, 3, 3), (1, 2, 1)), ((7, 5, 5), (3, 3, 1)), ((2, 3), (2, 2)), ((5,), (1,))]


def marked(strip: Strip) -> list[int]:
    return [i for i, cell in enumerate(strip.cells) if cell == "marked"]


def reached(output: torch.Tensor, source: torch.Tensor) -> list[int]:
    """Places of the source (1, 1, width) that the output depends on."""
    (gradient,) = torch.autograd.grad(output, source, retain_graph=True)
    return gradient.flatten().nonzero().flatten().tolist()


@pytest.mark.parametrize(("n", "k", "p", "s", "r"), SETTINGS)
def test_a_placement_covers_what_its_output_depends_on(n: int, k: int, p: int, s: int, r: int) -> None:
    source = torch.ones(1, 1, n + 2 * p, requires_grad=True)
    output = torch.nn.functional.conv1d(source, torch.ones(1, 1, k), stride=s, dilation=r).flatten()
    padded, *placements, outputs = sliding(n, k, p, s, r).strips
    assert len(padded.cells) == source.numel() and padded.cells.count("padding") == 2 * p
    assert len(outputs.cells) == len(output)
    expected = [output[0], *output[1:2], *output[-1:]][: min(3, len(output))]
    assert [marked(strip) for strip in placements] == [reached(value, source) for value in expected]
    middle = (marked(placements[-1])[0] + marked(placements[-1])[-1]) / 2
    assert outputs.start + outputs.step * (len(output) - 1) == middle


def test_what_no_stride_reaches_is_said() -> None:
    assert sliding(11, 3, 0, 3, 1).strips[-1].name == "output: 3 cells (2 cells left over on the right)"
    assert sliding(5, 5, 0, 1, 1).strips[1].name == "only placement: cells 0 to 4"


def test_a_kernel_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="over 7 cells does not fit into 5"):
        sliding(5, 4, 0, 1, 2)


@pytest.mark.parametrize(("kernels", "strides"), TOWERS)
def test_the_field_is_what_one_output_depends_on_in_every_layer(
    kernels: tuple[int, ...], strides: tuple[int, ...]
) -> None:
    strips = receptive_field(kernels, strides).strips
    layers = [torch.ones(1, 1, len(strips[0].cells), requires_grad=True)]
    for k, s in zip(kernels, strides, strict=True):
        layers.append(torch.nn.functional.conv1d(layers[-1], torch.ones(1, 1, k), stride=s))
    output = layers[-1].flatten()
    for strip, layer in zip(strips, layers, strict=True):
        assert len(strip.cells) == layer.numel()
        assert marked(strip) == reached(output[len(output) // 2], layer)
    middles = [strip.start + strip.step * sum(marked(strip)) / len(marked(strip)) for strip in strips]
    assert middles == pytest.approx([middles[0]] * len(middles))


def test_the_field_of_the_default_layers_is_that_of_the_formula() -> None:
    assert len(marked(receptive_field().strips[0])) == 1 + 2 + 2 * 1 + 2 * 2
    assert len(marked(three_layers(7, 3, 5, 3, 5).strips[0])) == 1 + 6 + 4 * 3 + 4 * 9


@pytest.mark.parametrize(("n", "k", "s", "p"), [(4, 3, 2, 1), (3, 4, 3, 0), (5, 2, 1, 0)])
def test_copies_of_the_kernel_lie_where_a_transposed_convolution_puts_them(n: int, k: int, s: int, p: int) -> None:
    source = torch.ones(1, 1, n, requires_grad=True)
    whole = torch.nn.functional.conv_transpose1d(source, torch.ones(1, 1, k), stride=s).flatten()
    cut = torch.nn.functional.conv_transpose1d(source, torch.ones(1, 1, k), stride=s, padding=p)
    first, *copies, output = transposed(n, k, s, p).strips
    assert len(first.cells) == n and len(output.cells) == len(whole)
    assert output.cells.count("plain") == cut.numel()
    gradients = torch.stack([torch.autograd.grad(v, source, retain_graph=True)[0].flatten() for v in whole])
    assert [marked(copy) for copy in copies] == [column.nonzero().flatten().tolist() for column in gradients.T]


def test_gradients_of_pooling_go_where_torch_sends_them() -> None:
    image, pooled, gradient, upstream = (torch.tensor(grid.rows, dtype=torch.float64) for grid in pooling().grids)
    source = image.clone().requires_grad_()
    output = torch.nn.functional.max_pool2d(source[None], 2)[0]
    assert torch.equal(output, pooled)
    output.backward(upstream)
    assert torch.equal(source.grad, gradient)
    assert pooling().grids[0].marked == {(i, j) for i, j in gradient.nonzero().tolist()}
