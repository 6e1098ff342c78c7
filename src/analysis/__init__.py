"""Compare the trade unions that serve school staff, every fact with its source and date."""

from analysis.errors import AnalysisError
from analysis.questions.benefits import benefit_matrix
from analysis.questions.claims import claims_beside_figures
from analysis.questions.coverage import (
    admitted_not_recognised,
    coverage_matrix,
    coverage_sources,
    group_matrix,
    role_code,
    roles_by_choice,
    who_admits,
)
from analysis.questions.history import merger_events, merger_history, spans
from analysis.questions.known import what_is_missing
from analysis.questions.membership import headline_members, latest_members, widest_by_basis
from analysis.read.facts import Dataset, read_dataset
from analysis.read.snapshot import Snapshot
from analysis.show.bars import plot_members
from analysis.show.charts import plot_coverage
from analysis.show.listings import (
    tabulate_claims,
    tabulate_history,
    tabulate_missing,
    tabulate_sources,
)
from analysis.show.profiles import say_profiles
from analysis.show.prose import say_cover, say_in_brief, say_missing
from analysis.show.tables import (
    tabulate_benefits,
    tabulate_choice,
    tabulate_coverage,
    tabulate_glance,
    tabulate_members,
)
from analysis.show.timeline import plot_history

__all__ = [
    "AnalysisError",
    "Dataset",
    "Snapshot",
    "admitted_not_recognised",
    "benefit_matrix",
    "claims_beside_figures",
    "coverage_matrix",
    "coverage_sources",
    "group_matrix",
    "headline_members",
    "latest_members",
    "merger_events",
    "merger_history",
    "plot_coverage",
    "plot_history",
    "plot_members",
    "read_dataset",
    "role_code",
    "roles_by_choice",
    "say_cover",
    "say_in_brief",
    "say_missing",
    "say_profiles",
    "spans",
    "tabulate_benefits",
    "tabulate_choice",
    "tabulate_claims",
    "tabulate_coverage",
    "tabulate_glance",
    "tabulate_history",
    "tabulate_members",
    "tabulate_missing",
    "tabulate_sources",
    "what_is_missing",
    "who_admits",
    "widest_by_basis",
]
