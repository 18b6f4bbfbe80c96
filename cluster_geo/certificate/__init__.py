"""A certificate of what a search has proven, and its verification by independent models."""

from cluster_geo.certificate.arithmetic import RefutedError
from cluster_geo.certificate.document import (
    CERTIFICATE_FILE,
    Certificate,
    certificate_of,
    read_certificate,
    write_certificate,
)
from cluster_geo.certificate.instance import instance_hash
from cluster_geo.certificate.kept import CHECKED_FILE
from cluster_geo.certificate.verification import Verification, verify

__all__ = [
    "CERTIFICATE_FILE",
    "CHECKED_FILE",
    "Certificate",
    "RefutedError",
    "Verification",
    "certificate_of",
    "instance_hash",
    "read_certificate",
    "verify",
    "write_certificate",
]
