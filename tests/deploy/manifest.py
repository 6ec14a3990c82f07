"""Manifest: the files for a cluster, as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = ROOT / "deploy/kubernetes"

Data = dict[str, Any]


def kustomization() -> Data:
    """What the cluster is told, and from which files."""
    found: Data = yaml.load((CLUSTER / "kustomization.yaml").read_text(), yaml.CSafeLoader)
    return found


def objects() -> list[Data]:
    """Every object in every file that the kustomization names."""
    files = (CLUSTER / name for name in kustomization()["resources"])
    return [found for file in files for found in yaml.load_all(file.read_text(), yaml.CSafeLoader)]


def one(kind: str, name: str = "caveat") -> Data:
    """The one object of a kind and a name."""
    (found,) = (each for each in objects() if (each["kind"], each["metadata"]["name"]) == (kind, name))
    return found


def pods() -> Iterator[tuple[str, Data]]:
    """What pods are made from, by the name of whatever makes them."""
    for each in objects():
        spec = each.get("spec", {})
        for template in (spec.get("template"), spec.get("jobTemplate", {}).get("spec", {}).get("template")):
            if template:
                yield each["metadata"]["name"], template


def probes(container: Data) -> dict[str, Data]:
    """The probes of a container, by their kind."""
    return {key: value for key, value in container.items() if key.endswith("Probe")}


def environment(container: Data) -> dict[str, str]:
    """The variables that a container is given by value."""
    return {each["name"]: each["value"] for each in container.get("env", ())}
