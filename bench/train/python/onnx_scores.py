"""Scores the rows in a folder by each ONNX file of it, in onnxruntime for Python, and compares."""

import json
import pathlib
import sys

import numpy
import onnxruntime

folder = pathlib.Path(sys.argv[1])
print(json.dumps({"version": onnxruntime.__version__}))
for file in sorted(folder.glob("*.onnx")):
    columns = json.loads(file.with_suffix(".json").read_text())
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    kinds = {"tensor(int64)": numpy.int64, "tensor(float)": numpy.float32}
    feeds = {
        given.name: numpy.array(columns["inputs"][given.name], dtype=kinds[given.type])
        for given in session.get_inputs()
    }
    found = session.run(list(columns["outputs"]), feeds)
    apart = max(
        float(numpy.abs(scores[:, 0] - numpy.array(expected)).max())
        for scores, expected in zip(found, columns["outputs"].values())
    )
    print(json.dumps({"file": file.stem, "apart": apart}))
