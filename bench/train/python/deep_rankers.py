"""DeepFM, DIN and SASRec in PyTorch, as deep/contestants.ts has them: asked line by line, on one thread.

A line {"model", "batch", "steps"} is answered with {"cpuSeconds", "wallSeconds", "loss"}: so many steps
further, batch after batch of the rows in the folder given.
"""

import json
import math
import sys
import time

import numpy
import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(1)

folder = sys.argv[1]
shape = json.load(open(f"{folder}/shape.json"))
rows, fields, vocabulary = shape["rows"], shape["fields"], shape["vocabulary"]
length, items = shape["history"], shape["items"]


def read(name, kind, *sizes):
    return torch.from_numpy(numpy.fromfile(f"{folder}/{name}.bin", dtype=kind).reshape(*sizes))


ids = read("ids", "int32", rows, fields).long() + torch.arange(fields) * vocabulary
history = read("history", "int32", rows, length).long()
item = read("item", "int32", rows).long()
user = read("user", "int32", rows).long()
labels = read("labels", "float32", rows)


def perceptron(*widths):
    layers = []
    for place, (before, after) in enumerate(zip(widths, widths[1:])):
        layers.append(nn.Linear(before, after))
        if place < len(widths) - 2:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def table(count, width):
    embedding = nn.Embedding(count, width, sparse=True)
    nn.init.normal_(embedding.weight, std=0.01)
    return embedding


class DeepFm(nn.Module):
    def __init__(self, width=16, hidden=(400, 400)):
        super().__init__()
        self.vectors = table(fields * vocabulary, width)
        self.weights = table(fields * vocabulary, 1)
        self.deep = perceptron(fields * width, *hidden, 1)
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, rows):
        picked = ids[rows]
        vectors = self.vectors(picked)
        whole = vectors.sum(1)
        pairs = 0.5 * ((whole * whole).sum(1) - (vectors * vectors).sum((1, 2)))
        linear = self.weights(picked).sum((1, 2)) + self.bias
        return self.deep(vectors.flatten(1)).squeeze(1) + pairs + linear


class Din(nn.Module):
    """The first layer of the attention is cut as ours is; the paper's joined one is slower."""

    def __init__(self, width=32, attention=(80, 40), hidden=(200, 80)):
        super().__init__()
        self.items = table(items, width)
        self.users = table(vocabulary, width)
        self.past = nn.Linear(width, attention[0], bias=False)
        self.candidate = nn.Linear(width, attention[0])
        self.shared = nn.Linear(width, attention[0], bias=False)
        self.rest = perceptron(*attention, 1)
        self.deep = perceptron(3 * width, *hidden, 1)

    def forward(self, rows):
        met = history[rows]
        past, candidate, user_vector = self.items(met), self.items(item[rows]), self.users(user[rows])
        beside = candidate.unsqueeze(1)
        hidden = self.shared(past * beside) + self.past(past) + self.candidate(beside)
        weights = self.rest(torch.relu(hidden)) * (met != 0).unsqueeze(2)
        interest = (weights * past).sum(1)
        return self.deep(torch.cat([user_vector, candidate, interest], 1)).squeeze(1)


class SasRec(nn.Module):
    """Each of 50 places is to tell its next item from 256 that all of a batch are held against."""

    def __init__(self, width=64, blocks=2, rate=0.2, negatives=256):
        super().__init__()
        self.items = nn.Embedding(items + 1, width, padding_idx=0)
        nn.init.normal_(self.items.weight, std=width**-0.5)
        self.places = nn.Parameter(0.02 * torch.randn(length, width))
        self.width, self.negatives, self.dropout = width, negatives, nn.Dropout(rate)
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(
                width, 1, width, rate, activation="relu", batch_first=True, norm_first=True
            )
            for _ in range(blocks)
        )
        for block in self.blocks:
            # Dropped is what a block adds, and nothing within it, as on the other side.
            block.self_attn.dropout, block.dropout = 0.0, nn.Identity()
        self.norm = nn.LayerNorm(width)
        self.mask = nn.Transformer.generate_square_subsequent_mask(length)

    def loss(self, picked):
        met = history[picked]
        after = torch.cat([met[:, 1:], item[picked].unsqueeze(1)], 1)
        x = self.dropout(self.items(met) * self.width**0.5 + self.places)
        for block in self.blocks:
            x = block(x, src_mask=self.mask, is_causal=True)
        states = self.norm(x).flatten(0, 1)
        positive = (states * self.items(after).flatten(0, 1)).sum(1)
        others = states @ self.items(torch.randint(1, items + 1, (self.negatives,))).T
        level = others.logsumexp(1) + math.log((items - 1) / self.negatives)
        return nn.functional.softplus(level - positive).mean()


class Learner:
    def __init__(self, model):
        self.model = model
        if isinstance(model, SasRec):
            self.steps = [torch.optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, 0.98), fused=True)]
            self.loss = model.loss
            self.order, self.at = torch.randperm(rows), 0
            return
        tables = [m.weight for m in model.modules() if isinstance(m, nn.Embedding)]
        sparse = {id(weight) for weight in tables}
        dense = [weight for weight in model.parameters() if id(weight) not in sparse]
        self.steps = [torch.optim.SparseAdam(tables, lr=1e-3), torch.optim.Adam(dense, lr=1e-3, fused=True)]
        cross_entropy = nn.BCEWithLogitsLoss()
        self.loss = lambda picked: cross_entropy(self.model(picked), labels[picked])
        self.order, self.at = torch.randperm(rows), 0

    def step(self, batch):
        if self.at + batch > rows:
            self.order, self.at = torch.randperm(rows), 0
        picked = self.order[self.at : self.at + batch]
        self.at += batch
        for optimiser in self.steps:
            optimiser.zero_grad(set_to_none=True)
        loss = self.loss(picked)
        loss.backward()
        for optimiser in self.steps:
            optimiser.step()
        return float(loss.detach())


learners = {}
print(json.dumps({"version": torch.__version__}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    key = (asked["model"], asked["batch"])
    if key not in learners:
        learners[key] = Learner({"DeepFM": DeepFm, "DIN": Din, "SASRec": SasRec}[asked["model"]]())
    learner = learners[key]
    cpu, wall = time.process_time(), time.perf_counter()
    losses = [learner.step(asked["batch"]) for _ in range(asked["steps"])]
    answer = {
        "cpuSeconds": time.process_time() - cpu,
        "wallSeconds": time.perf_counter() - wall,
        "loss": sum(losses) / len(losses),
    }
    print(json.dumps(answer), flush=True)
