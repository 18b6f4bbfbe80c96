"""What others offer for this problem, each behind the same door: arrays in, labels out.

These modules run in the peers' environment, where the project is not installed: they import
nothing of it. Each has ``solve(problem, seconds, seed)``, which returns one label per school;
`problem` holds the arrays that `PeerModel.arrays` writes.
"""
