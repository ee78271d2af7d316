"""Loaders: documents in, triples out, each triple traceable to its paragraph.

    read -> clean -> structure -> find -> resolve -> triples

Each stage is a function from values to values; only the two ends touch a disk.
"""
