"""A client of TensorFlow Serving as any product has one: the standard library, and no header."""

import json
import sys
from urllib import error, request

base = sys.argv[1] + "/v1/models/recmodel"


def call(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    try:
        with request.urlopen(request.Request(url, data=data), timeout=10) as response:
            return response.status, json.loads(response.read())
    except error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read())


def candidates(count):
    return [{"userId": 11, "movieId": row % 9, "dense": [0.5, row / count, 1]} for row in range(count)]


status, model = call(base)
scored, answer = call(base + ":predict", {"instances": candidates(800)})
columns = {"userId": [11], "movieId": [row % 9 for row in range(9)]}
nothing = {"userId": 11, "dense": [float("nan"), 0, 0]}
print(json.dumps({
    "status": [status, model["model_version_status"][0]["state"]],
    "rows": [scored, len(answer["predictions"]), answer["predictions"][0]],
    "columns": call(base + "/versions/1:predict", {"inputs": columns})[1],
    "metadata": call(base + "/metadata")[1]["model_spec"],
    "nan": str(call(base + ":predict", {"instances": [nothing]})),
    "refused": call(base + ":predict", {"instances": [{"userId": "eleven"}]}),
    "missing": call(sys.argv[1] + "/v1/models/half:predict", {"instances": [1.0]}),
}))
