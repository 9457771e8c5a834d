"""hnswlib over rows.bin, asked line by line.

{"build"} makes the index with one thread; {"ef"} says how far searches look; {"search"} finds the k nearest
of each of queries.bin into found.bin. All are answered with the seconds of CPU they took.
"""

import json
import sys
import time

import hnswlib
import numpy

folder = sys.argv[1]
shape = json.load(open(f"{folder}/shape.json"))
width, k = shape["width"], shape["k"]
rows = numpy.fromfile(f"{folder}/rows.bin", dtype="float32").reshape(-1, width)
queries = numpy.fromfile(f"{folder}/queries.bin", dtype="float32").reshape(-1, width)
index = hnswlib.Index(space="cosine", dim=width)

for line in sys.stdin:
    asked = json.loads(line)
    began = time.process_time()
    if "build" in asked:
        index.init_index(max_elements=len(rows), ef_construction=100, M=16, random_seed=1)
        index.set_num_threads(1)
        index.add_items(rows, num_threads=1)
    elif "ef" in asked:
        index.set_ef(asked["ef"])
    else:
        found, _ = index.knn_query(queries, k=k, num_threads=1)
    seconds = time.process_time() - began
    if "search" in asked:
        found.astype("uint32").tofile(f"{folder}/found.bin")
    print(json.dumps({"cpuSeconds": seconds}), flush=True)
