"""Mazes: walls and depths by walking, the loss by hand, what the agent learns, and what auxiliary losses add."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from solutions.trained import fitting
from solutions.trained.fitting import Fitted
from solutions.trained.maze import ALIVE, CLOSURE, DEPTH, REWARD, STEPS, Maze, returns, starts, success, walls
from solutions.trained.networks import Wanderer

PLAIN, AUXILIARY = Maze(auxiliary=0.0), Maze(auxiliary=0.1)
SEED = 1


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def plain() -> Fitted:
    return replace(PLAIN, seed=SEED).fit("cpu", silent)


@pytest.fixture(scope="module")
def auxiliary() -> Fitted:
    return replace(AUXILIARY, seed=SEED).fit("cpu", silent)


@pytest.mark.parametrize("seed", range(5))
def test_a_maze_has_a_way_from_everywhere_and_a_wall_around(seed: int) -> None:
    recipe = replace(PLAIN, seed=seed)
    closed, side = walls(recipe, 3), recipe.side
    reached, front, doors = {0}, [0], 0
    while front:
        cell = front.pop()
        for way, (down, across) in enumerate(STEPS):
            if closed[cell][way]:
                continue
            row, column = cell // side + down, cell % side + across
            assert 0 <= row < side and 0 <= column < side
            other = row * side + column
            assert not closed[other][(way + 2) % 4]
            doors += 1
            if other not in reached:
                reached.add(other)
                front.append(other)
    assert len(reached) == side**2
    assert doors / 2 == side**2 - 1 + recipe.openings


def test_depths_are_cells_until_a_wall() -> None:
    closed, agent = walls(PLAIN, 7), fitting.seeded(PLAIN.build, 0)
    assert isinstance(agent, Wanderer)
    for cell in range(36):
        for way, (down, across) in enumerate(STEPS):
            at, count = cell, 0
            while not closed[at][way]:
                at, count = at + 6 * down + across, count + 1
            assert float(agent.depths[7 * 36 + cell, way]) == pytest.approx(count / 6)


def test_returns_are_discounted_from_behind() -> None:
    found = returns(torch.tensor([[0.0, 0.0, 1.0, 0.0]]), 0.5)
    assert found.tolist() == [[0.25, 0.5, 1.0, 0.0]]


def test_the_loss_is_done_by_hand() -> None:
    # chance, spread, value, reward, alive, depth, closure: two steps, the second one ends it, a third is not counted
    told = torch.tensor([[[-1.0, 0.5, 0.45, 0, 1, 0.2, 0.6], [-2.0, 0.1, 0.5, 1, 1, 0.4, 0.2], [-9, 9, 9, 0, 0, 9, 9]]])
    recipe = replace(AUXILIARY, discount=0.95, entropy=0.01)
    first = 0.5 + 0.5 * 0.5**2 - 0.005 + 0.1 * 0.8  # surprise 0.95 - 0.45
    second = 2 * 0.5 + 0.5 * 0.5**2 - 0.001 + 0.1 * 0.6  # surprise 1 - 0.5
    assert float(recipe.loss(told, torch.zeros(1))) == pytest.approx((first + second) / 2)


def test_mazes_to_measure_on_are_not_trained_on() -> None:
    train, unseen = (starts(PLAIN, 1000, unseen=unseen).inputs // 36 for unseen in (False, True))
    assert int(train.max()) < 200 <= int(unseen.min()) and int(unseen.max()) < 300
    known = [walls(PLAIN, index) for index in range(200)]
    assert not [index for index in range(200, 300) if walls(PLAIN, index) in known]
    assert (starts(PLAIN, 1000).inputs % 36 < 35).all()  # nobody starts at the way out


def test_an_episode_ends_with_its_reward() -> None:
    agent = fitting.seeded(PLAIN.build, 0)
    told = fitting.scores(agent, starts(PLAIN, 200).inputs)
    alive, reward = told[:, :, ALIVE], told[:, :, REWARD]
    assert (alive[:, 0] == 1).all() and 0 < success(told) < 1
    # from the step after the reward on nothing goes on
    assert torch.equal(alive[:, 1:], 1 - reward.cumsum(dim=1)[:, :-1])


def test_walks_repeat_in_evaluation_and_not_in_training() -> None:
    agent, places = fitting.seeded(PLAIN.build, 0), starts(PLAIN, 50).inputs
    assert torch.equal(fitting.scores(agent, places), fitting.scores(agent, places))
    with torch.no_grad():
        one, other = agent.train()(places), agent(places)
    assert not torch.equal(one, other)


def test_the_two_recipes_differ_in_the_auxiliary_weight_alone() -> None:
    assert {**vars(PLAIN), "auxiliary": None} == {**vars(AUXILIARY), "auxiliary": None}
    assert torch.equal(starts(PLAIN, 50).inputs, starts(AUXILIARY, 50).inputs)


def test_the_agent_learns_the_way_out(plain: Fitted, auxiliary: Fitted) -> None:
    recipe = replace(PLAIN, seed=SEED)
    untrained = success(fitting.scores(fitting.seeded(recipe.build, SEED), starts(recipe, 512, unseen=True).inputs))
    assert untrained < 0.5
    for fitted in (plain, auxiliary):
        assert fitted.figures["success"] > 0.7
        assert len(fitted.curves["success"]) == recipe.epochs
        assert fitted.figures["success"] == fitted.curves["success"][-1]


def test_the_agent_needs_its_memory(plain: Fitted) -> None:
    """The trained agent whose state is emptied at each step finds the way out less often, though still often."""
    agent = plain.model
    assert isinstance(agent, Wanderer)
    places = starts(replace(PLAIN, seed=SEED), 512, unseen=True).inputs
    remembered = success(fitting.scores(agent, places))
    hook = agent.cell.register_forward_pre_hook(lambda _, given: (given[0], torch.zeros_like(given[1])))
    forgetful = success(fitting.scores(agent, places))
    hook.remove()
    assert 0.4 < forgetful < remembered - 0.05


def test_auxiliary_losses_are_learnt_where_they_count(plain: Fitted, auxiliary: Fitted) -> None:
    places = starts(replace(PLAIN, seed=SEED), 512, unseen=True).inputs

    def means(fitted: Fitted) -> list[float]:
        told = fitting.scores(fitted.model, places)
        alive = told[:, :, ALIVE]
        return [float((told[:, :, column] * alive).sum() / alive.sum()) for column in (DEPTH, CLOSURE)]

    (depth, closure), (learnt_depth, learnt_closure) = means(plain), means(auxiliary)
    assert learnt_depth < 0.5 * depth
    assert learnt_closure < 0.7 * closure
