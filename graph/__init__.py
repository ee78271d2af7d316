"""The graph: names, authority data, inference, validation and the versioned store.

Knows nothing of the loaders that fill it or the server that shows it.
"""
