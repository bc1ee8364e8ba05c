"""Stylised facts: what must come out of the model as a whole, in pairs of runs under the same luck."""
