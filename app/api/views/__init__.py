"""The endpoints. Each reads models, calls one query or use case of a feature, and gives models."""
