"""Figures drawn from data: a file of rows in, an SVG with its words around it out.

``docs/data/<name>.toml`` names its drawing and holds the rows; ``catalogue`` reads it
and returns a ``Figure``.  Each kind of drawing is a module with three pure functions:
``read`` (rows to a model, or a sentence about what is wrong), ``draw`` (model to SVG)
and ``describe`` (model to the text alternative).
"""
