"""A training loop: a small convolutional network, trained for real on what it is given."""

import torch
from torch import nn


def classify(x_train, y_train, x_test):
    torch.manual_seed(0)
    images = torch.tensor(x_train, dtype=torch.float32)[:, None]  # (N, 1, 8, 8)
    labels = torch.tensor(y_train)
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(16 * 16, 10)
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(15):
        for batch in torch.randperm(len(images)).split(64):
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimiser.step()
    with torch.no_grad():
        return model(torch.tensor(x_test, dtype=torch.float32)[:, None]).numpy()
