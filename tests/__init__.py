"""Tests: one package, so that the rooms can share what stands in another."""
