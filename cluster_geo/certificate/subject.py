"""A folder of a run as `verify` reads it: settings, files, rules, plan and certificate together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cluster_geo.audit import audit
from cluster_geo.certificate.arithmetic import RefutedError
from cluster_geo.certificate.document import (
    CERTIFICATE_FILE,
    Certificate,
    plan_hash,
    read_certificate,
)
from cluster_geo.certificate.instance import Instance, instance_hash
from cluster_geo.certificate.tree import LeafNode, leaves_of, require_known, require_measured
from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError
from cluster_geo.plan import PLAN_FILE, Cluster, read_plan
from cluster_geo.records import recorded_as, sha256_of
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import (
    RUN_RECORD,
    RecordedRun,
    frozen_clusters,
    load_county,
    read_run,
    rulebook_of,
)
from cluster_geo.tolerances import SAME_SCORE


@dataclass(frozen=True)
class Subject:
    """What is verified.

    Parameters
    ----------
    certificate : Certificate
    digest : str
        Hash of the certificate.
    instance : Instance
    leaves : list of LeafNode
    """

    certificate: Certificate
    digest: str
    instance: Instance
    leaves: list[LeafNode]

    @classmethod
    def of(cls, folder: Path, files: Mapping[str, object]) -> Subject:
        """Read a run's folder anew; what is in it, and the files it names, belong together.

        Parameters
        ----------
        folder : Path
        files : mapping of str to object
            Where files of the run are now, by their settings.

        Raises
        ------
        InputError
            Where something cannot be read, or a file of the run has changed.
        RefutedError
            Where the parts contradict each other.
        """
        path = folder / CERTIFICATE_FILE
        if not folder.is_dir():
            fix = "Give the output folder of a run"
            raise InputError([Fault(str(folder), "there is no such folder", fix)])
        if not path.is_file():
            fix = "Let the run write one: propose with --set solve.certificate=true"
            raise InputError([Fault(str(folder), "there is no certificate in it", fix)])
        certificate = read_certificate(path)
        county, rulebook, frozen = _run(folder, files, certificate)
        instance = Instance.of(county, rulebook, frozen)
        _compare(certificate, instance)
        require_measured(certificate)
        require_known(certificate, instance.urns, _names(instance.rulebook))
        leaves = leaves_of(certificate)
        _judge(folder, certificate, county, rulebook, frozen)
        digest = hashlib.sha256(certificate.model_dump_json().encode()).hexdigest()
        return cls(certificate, digest, instance, leaves)


def _run(
    folder: Path, files: Mapping[str, object], certificate: Certificate
) -> tuple[County, Rulebook, tuple[Cluster, ...]]:
    """Return the county and rules of the run in a folder, as its files are now."""
    run = read_run(folder, files)
    record: Mapping[str, Any] = json.loads((folder / RUN_RECORD).read_bytes())
    try:
        same = instance_hash(record) == certificate.instance
        required = set(record["requirements"])
    except (KeyError, TypeError) as error:
        raise RefutedError(f"{RUN_RECORD} does not say what was asked.") from error
    if not same:
        raise RefutedError(
            f"{CERTIFICATE_FILE} is not about this run: {RUN_RECORD} has settings, requirements or "
            "files that it was not made for."
        )
    if changed := [*run.changed_inputs(), *_others(run, files)]:
        raise InputError(changed)
    scenario = run.scenario
    if scenario.reference.plan is not None:
        # The fewest movers, where they came first, are what a first stage of the run has found.
        section = scenario.reference.model_copy(update={"most_movers": record["most_movers"]})
        scenario = scenario.model_copy(update={"reference": section})
    county = load_county(scenario)
    scenario = scenario.as_granted(required)
    rulebook = rulebook_of(county, scenario)
    return county, rulebook, frozen_clusters(county, scenario, rulebook)


def _others(run: RecordedRun, files: Mapping[str, object]) -> Iterator[Fault]:
    """Yield a fault for each file given that is none of those that the run has read."""
    read, named = set(run.inputs.values()), run.scenario.files()
    for setting in sorted(set(files) - set(named)):
        yield Fault(setting, "the run has no file by this setting", "Leave it out")
    for setting, path in named.items():
        if setting not in files:
            continue
        try:
            now = sha256_of(path)
        except OSError as error:
            yield Fault(str(path), f"it cannot be read ({error.strerror})", "Check the path")
            continue
        if not any(recorded_as(now, recorded) for recorded in read):
            fix = "Give the file as it was then"
            yield Fault(str(path), "the run has read no such file", fix, setting=setting)


def _compare(certificate: Certificate, instance: Instance) -> None:
    """Refuse a certificate about other frozen clusters, or about too few numbers of clusters."""
    if certificate.frozen != tuple(sorted(c.members for c in instance.frozen)):
        raise RefutedError("The certificate has other frozen clusters than the run.")
    low, high = instance.numbers
    if certificate.numbers[1] > len(instance.urns):
        raise RefutedError("The certificate is about plans with more clusters than schools.")
    if not certificate.numbers[0] <= low <= high <= certificate.numbers[1]:
        raise RefutedError(
            f"The certificate is about plans with {certificate.numbers[0]} to "
            f"{certificate.numbers[1]} clusters, but the run allows {low} to {high}."
        )


def _judge(
    folder: Path,
    certificate: Certificate,
    county: County,
    rulebook: Rulebook,
    frozen: tuple[Cluster, ...],
) -> None:
    """Refuse a plan that is not the certificate's, breaks what was asked or costs otherwise."""
    read = read_plan(folder / PLAN_FILE, county)
    if plan_hash(read) != certificate.plan:
        raise RefutedError(f"{PLAN_FILE} is not the plan that the certificate is about.")
    plan = rulebook.plan(cluster.members for cluster in read.clusters)
    verdict = audit(county, rulebook, plan)
    as_they_are = {cluster.members for cluster in frozen}
    if not as_they_are <= {cluster.members for cluster in plan.clusters}:
        raise RefutedError("The plan does not keep the frozen clusters, as the bound assumes.")
    judged = [cluster for cluster in plan.clusters if cluster.members not in as_they_are]
    once = not (verdict.missing or verdict.unknown or verdict.doubled)
    if not (once and all(map(rulebook.admits, judged)) and rulebook.keeps_sums(plan)):
        raise RefutedError("The plan breaks requirements: " + " ".join(verdict.broken))
    cost = rulebook.cost(plan)
    if abs(cost - certificate.cost) > SAME_SCORE * max(1.0, abs(cost)):
        raise RefutedError(
            f"The plan scores {cost:,.6g}, but the certificate says {certificate.cost:,.6g}."
        )


def _names(rulebook: Rulebook) -> list[str]:
    return [rule.name for rule in rulebook.plan_rules]
