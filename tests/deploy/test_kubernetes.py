"""Kubernetes: a cluster takes every manifest, no pod may do more than it must, and the service can reach nobody."""

from __future__ import annotations

import copy
from typing import Any

import kubernetes_validate
import pytest

from service.assembly import BadSetting, read_settings

from ..web.house import House
from .manifest import CLUSTER, Data, environment, kustomization, objects, one, pods, probes

OLDEST, NEWEST = "1.32", "1.37"


def service() -> Data:
    """The pod of the service."""
    found: Data = one("Deployment")["spec"]["template"]
    return found


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_every_object_is_what_the_schemas_of_kubernetes_ask_for(version: str) -> None:
    assert len(objects()) >= 9
    for found in objects():
        kubernetes_validate.validate(found, version, strict=True)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (("spec", "template", "spec"), "automountServiceAccountToken", "automountServiceAcountToken"),
        (("spec", "template", "spec", "containers", 0, "securityContext"), "readOnlyRootFilesystem", "readOnlyRootFs"),
        (("spec", "template", "spec", "containers", 0, "readinessProbe", "httpGet"), "path", "uri"),
        (("spec",), "selector", "selectors"),
    ],
)
def test_a_manifest_with_a_slip_of_the_pen_is_refused(path: tuple[Any, ...], old: str, new: str) -> None:
    spoilt = one("Deployment")
    part: Any = spoilt
    for step in path:
        part = part[step]
    part[new] = part.pop(old)
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(spoilt, NEWEST, strict=True)


def test_the_kustomization_names_every_file_and_every_generated_map() -> None:
    told = kustomization()
    assert set(told["resources"]) | {"kustomization.yaml"} == {path.name for path in CLUSTER.glob("*.yaml")}
    assert told["namespace"] == one("Namespace")["metadata"]["name"]
    generated = {each["name"]: each for each in told["configMapGenerator"]}
    keys = generated["caveat-trusted"]["files"]
    assert len(keys) >= 2, "two people sign"
    assert not any((CLUSTER / key).exists() for key in keys), "whose keys are trusted is for the operator to say"
    for file in (*generated["caveat-pull"]["files"], *generated["caveat-source"]["envs"]):
        assert (CLUSTER / file).is_file()
    claims = {each["metadata"]["name"] for each in objects() if each["kind"] == "PersistentVolumeClaim"}
    asked_maps, asked_claims = set(), set()
    for _, pod in pods():
        for volume in pod["spec"]["volumes"]:
            asked_maps |= {volume["configMap"]["name"]} if "configMap" in volume else set()
            asked_claims |= (
                {volume["persistentVolumeClaim"]["claimName"]} if "persistentVolumeClaim" in volume else set()
            )
        for container in pod["spec"]["containers"]:
            asked_maps |= {each["configMapRef"]["name"] for each in container.get("envFrom", ())}
            assert container["image"] == told["images"][0]["name"]
    assert (asked_maps, asked_claims) == (set(generated), claims)


def test_everything_that_speaks_of_the_service_means_its_pods() -> None:
    labels = service()["metadata"]["labels"]
    assert one("Deployment")["spec"]["selector"]["matchLabels"] == labels
    assert one("Service")["spec"]["selector"] == labels
    assert one("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    target = one("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", "caveat")
    assert "replicas" not in one("Deployment")["spec"], "an apply would undo what the autoscaler did"
    assert one("HorizontalPodAutoscaler")["spec"]["minReplicas"] > one("PodDisruptionBudget")["spec"]["maxUnavailable"]
    (container,) = service()["spec"]["containers"]
    (port,) = container["ports"]
    assert one("Service")["spec"]["ports"][0]["targetPort"] == port["name"]
    assert environment(container)["CAVEAT_BIND"].endswith(f":{port['containerPort']}")
    assert "cpu" in container["resources"]["requests"], "the autoscaler counts in parts of it"


def unsafe(pod: Data) -> list[str]:
    """What a pod may do that none of ours needs."""
    spec = pod["spec"]
    found = []
    if spec.get("automountServiceAccountToken") is not False:
        found.append("token")
    context = spec.get("securityContext", {})
    if not (context.get("runAsNonRoot") and context.get("runAsUser")):
        found.append("root")
    if context.get("seccompProfile") != {"type": "RuntimeDefault"}:
        found.append("seccomp")
    if {"hostNetwork", "hostPID", "hostIPC"} & spec.keys():
        found.append("host")
    for container in [*spec["containers"], *spec.get("initContainers", ())]:
        inner = container.get("securityContext", {})
        if inner.get("readOnlyRootFilesystem") is not True:
            found.append("writes")
        if inner.get("allowPrivilegeEscalation") is not False or inner.get("capabilities") != {"drop": ["ALL"]}:
            found.append("power")
    memory = {"medium": "Memory"}
    on_disk = ("hostPath" in each or each.get("emptyDir", memory).get("medium") != "Memory" for each in spec["volumes"])
    return found + ["disk"] * any(on_disk)


def test_no_pod_has_more_power_than_it_needs() -> None:
    assert {name: unsafe(pod) for name, pod in pods()} == {"caveat": [], "caveat-pull": []}


def test_power_that_is_left_is_seen() -> None:
    pod = service()
    bare = {"spec": {key: pod["spec"][key] for key in ("containers", "volumes")}}
    assert unsafe(bare) == ["token", "root", "seccomp"]
    pod["spec"]["containers"][0].pop("securityContext")
    pod["spec"]["volumes"].append({"name": "more", "emptyDir": {}})
    assert unsafe(pod) == ["writes", "power", "disk"]


def test_the_service_writes_on_no_volume_but_memory() -> None:
    spec = service()["spec"]
    (container,) = spec["containers"]
    memory = {volume["name"] for volume in spec["volumes"] if "emptyDir" in volume}
    assert {mount["name"] for mount in container["volumeMounts"] if not mount.get("readOnly")} == memory
    assert all(each["persistentVolumeClaim"]["readOnly"] for each in spec["volumes"] if "persistentVolumeClaim" in each)


def ways(direction: str, pod: Data, policies: list[Data]) -> list[Data] | None:
    """The peers that a pod may talk to, or be talked to by; None is everybody."""
    found: list[Data] = []
    chosen = False
    for policy in policies:
        spec = policy["spec"]
        wanted = spec["podSelector"].get("matchLabels", {})
        if direction in spec["policyTypes"] and wanted.items() <= pod["metadata"]["labels"].items():
            chosen = True
            found += spec.get(direction.lower(), [])
    return found if chosen else None


def policies() -> list[Data]:
    return [each for each in objects() if each["kind"] == "NetworkPolicy"]


def test_the_service_can_reach_nobody() -> None:
    assert ways("Egress", service(), policies()) == []


def test_a_way_out_is_seen() -> None:
    assert ways("Egress", service(), []) is None
    opened = copy.deepcopy(policies())
    for policy in opened:
        policy["spec"]["egress"] = [{}]
    assert ways("Egress", service(), opened) != []
    puller = dict(pods())["caveat-pull"]
    assert ways("Egress", puller, policies()) not in (None, [])


def test_only_pods_with_a_label_reach_the_service_and_nobody_reaches_what_pulls() -> None:
    pod = service()
    (way,) = ways("Ingress", pod, policies()) or []
    assert [set(peer) for peer in way["from"]] == [{"namespaceSelector", "podSelector"}]
    assert way["ports"] == [{"protocol": "TCP", "port": pod["spec"]["containers"][0]["ports"][0]["containerPort"]}]
    assert ways("Ingress", dict(pods())["caveat-pull"], policies()) == []


def test_probes_name_what_the_real_service_answers(running: House) -> None:
    (container,) = service()["spec"]["containers"]
    found = probes(container)
    assert set(found) == {"startupProbe", "livenessProbe", "readinessProbe"}
    for probe in found.values():
        assert probe["httpGet"]["port"] == container["ports"][0]["name"]
        assert running.ask(probe["httpGet"]["path"]).status == 200
    assert found["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert running.ask("/healthy").status == 404


def test_every_setting_of_the_pod_is_one_that_the_service_reads() -> None:
    (container,) = service()["spec"]["containers"]
    given = environment(container)
    settings = read_settings({}, given)
    assert settings.workers == int(given["CAVEAT_WORKERS"])
    mounted = {mount["mountPath"] for mount in container["volumeMounts"]}
    assert {str(settings.rules), *map(str, settings.trusted_keys)} <= mounted
    with pytest.raises(BadSetting, match="did you mean CAVEAT_WORKERS"):
        read_settings({}, {**given, "CAVEAT_WORKER": "2"})
