"""Writes embedding-mlp.onnx and what PyTorch itself says of some rows, beside this file.

Run once, with torch, onnx and onnxscript installed (2.13.0, 1.23.2 and 0.7.2 were); the tests read
only what it wrote.
"""

import json
from pathlib import Path

import onnx
import torch

here = Path(__file__).parent
torch.manual_seed(7)


class EmbeddingMlp(torch.nn.Module):
    """Two embeddings, three numbers, one hidden layer; the score is a log-odds."""

    def __init__(self):
        super().__init__()
        self.users = torch.nn.Embedding(6, 4)
        self.movies = torch.nn.Embedding(9, 4)
        self.hidden = torch.nn.Linear(4 + 4 + 3, 8)
        self.out = torch.nn.Linear(8, 1)

    def forward(self, user_id, movie_id, dense):
        seen = torch.cat([self.users(user_id), self.movies(movie_id), dense], dim=1)
        return self.out(torch.relu(self.hidden(seen)))


model = EmbeddingMlp().eval()
count = 12
user_id = torch.randint(0, 6, (count,))
movie_id = torch.randint(0, 9, (count,))
dense = torch.randn(count, 3)
batch = torch.export.Dim("batch", min=1, max=100_000)
torch.onnx.export(
    model,
    (user_id, movie_id, dense),
    here / "embedding-mlp.onnx",
    input_names=["user_id", "movie_id", "dense"],
    output_names=["logit"],
    dynamic_shapes=({0: batch}, {0: batch}, {0: batch}),
    opset_version=18,
    external_data=False,
    dynamo=True,
)
# Where each line of code lay when it was traced is nobody's concern.
written = onnx.load(here / "embedding-mlp.onnx")
for part in [*written.graph.node, *written.graph.input, *written.graph.output, written.graph]:
    del part.metadata_props[:]
for part in [*written.graph.value_info, *written.graph.initializer, written]:
    del part.metadata_props[:]
onnx.save(written, here / "embedding-mlp.onnx")
with torch.no_grad():
    score = torch.sigmoid(model(user_id, movie_id, dense))
rows = {
    "torch": torch.__version__,
    "user_id": user_id.tolist(),
    "movie_id": movie_id.tolist(),
    "dense": dense.tolist(),
    "score": score[:, 0].tolist(),
}
(here / "embedding-mlp.rows.json").write_text(json.dumps(rows, indent=1) + "\n")
