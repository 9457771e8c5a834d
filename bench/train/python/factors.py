"""iALS and BPR of implicit, asked line by line.

A line {"kind", "dims", "passes", "threads", ...} is answered with the median seconds of CPU and of the
clock that a pass took, the first one apart; the vectors lie in users.bin and items.bin afterwards.
"""

import json
import statistics
import sys
import time

import numpy
import scipy.sparse
from implicit.cpu.als import AlternatingLeastSquares
from implicit.cpu.bpr import BayesianPersonalizedRanking

folder = sys.argv[1]
shape = json.load(open(f"{folder}/shape.json"))
starts = numpy.fromfile(f"{folder}/starts.bin", dtype="uint32").astype("int32")
columns = numpy.fromfile(f"{folder}/columns.bin", dtype="uint32").astype("int32")
size = (shape["rowCount"], shape["columnCount"])


def matrix(value):
    data = numpy.full(len(columns), value, dtype="float32")
    return scipy.sparse.csr_matrix((data, columns, starts), shape=size)


def als(asked):
    model = AlternatingLeastSquares(
        factors=asked["dims"],
        regularization=asked["regularization"],
        alpha=1.0,
        iterations=asked["passes"],
        num_threads=asked["threads"],
        random_state=1,
        calculate_training_loss=False,
    )
    # implicit believes a cell as much as its value says, and an empty one 1.
    return model, matrix(1 + asked["alpha"])


def bpr(asked):
    model = BayesianPersonalizedRanking(
        factors=asked["dims"],
        learning_rate=asked["rate"],
        regularization=asked["regularization"],
        iterations=asked["passes"],
        num_threads=asked["threads"],
        random_state=1,
    )
    return model, matrix(1)


for line in sys.stdin:
    asked = json.loads(line)
    model, cells = {"ials": als, "bpr": bpr}[asked["kind"]](asked)
    cpu, wall = [], []

    def passed(*_):
        cpu.append(time.process_time())
        wall.append(time.perf_counter())

    model.fit(cells, show_progress=False, callback=passed)
    numpy.asarray(model.user_factors, dtype="float32").tofile(f"{folder}/users.bin")
    numpy.asarray(model.item_factors, dtype="float32").tofile(f"{folder}/items.bin")
    answer = {
        "cpuSeconds": statistics.median(numpy.diff(cpu).tolist()),
        "wallSeconds": statistics.median(numpy.diff(wall).tolist()),
    }
    print(json.dumps(answer), flush=True)
