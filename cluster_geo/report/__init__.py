"""The plan as one page a parent can read: offline, in plain English, every figure computed."""

from cluster_geo.report.options import write_options_page
from cluster_geo.report.page import report_page, write_report
from cluster_geo.report.sweep import write_sweep_page
from cluster_geo.report.worth import write_worth_page

__all__ = [
    "report_page",
    "write_options_page",
    "write_report",
    "write_sweep_page",
    "write_worth_page",
]
