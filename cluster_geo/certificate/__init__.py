"""A certificate of what a search has proven, and its verification by independent models.

Each name is loaded when it is first used: writing a certificate needs no solver.
"""

from typing import TYPE_CHECKING

from cluster_geo.late import homes, load

if TYPE_CHECKING:
    from cluster_geo.certificate.arithmetic import RefutedError
    from cluster_geo.certificate.document import (
        CERTIFICATE_FILE,
        CHECKED_FILE,
        Certificate,
        certificate_of,
        read_certificate,
        write_certificate,
    )
    from cluster_geo.certificate.instance import instance_hash
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

# Where each of them lives.
_HOMES = homes(
    __name__,
    {
        "arithmetic": ("RefutedError",),
        "document": (
            *("CERTIFICATE_FILE", "CHECKED_FILE", "Certificate", "certificate_of"),
            *("read_certificate", "write_certificate"),
        ),
        "instance": ("instance_hash",),
        "verification": ("Verification", "verify"),
    },
)


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    return load(__name__, name)
