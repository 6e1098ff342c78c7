"""Compare the trade unions that serve school staff, every fact with its source and date."""

from analysis.errors import AnalysisError
from analysis.questions.benefits import benefit_matrix
from analysis.questions.claims import claims_beside_figures
from analysis.questions.consult import (
    consultation_rules,
    recognition_of_posts,
    redundancies,
    whom_to_consult,
)
from analysis.questions.coverage import (
    admitted_not_recognised,
    coverage_matrix,
    coverage_sources,
    group_matrix,
    role_code,
    roles_by_choice,
    who_admits,
)
from analysis.questions.heads import hide_small_counts, staff_totals
from analysis.questions.history import merger_events, merger_history, spans
from analysis.questions.known import what_is_missing
from analysis.questions.membership import headline_members, latest_members, widest_by_basis
from analysis.questions.school import (
    choose_at_risk,
    gaps,
    heads_by_choice,
    open_unions,
    overlaps,
    post_coverage,
    post_matrix,
    school_groups,
    smallest_panel,
)
from analysis.read.facts import Dataset, read_dataset
from analysis.read.snapshot import Snapshot
from analysis.read.workforce import Workforce, read_workforce
from analysis.show.bars import plot_members
from analysis.show.charts import plot_coverage
from analysis.show.choice import tabulate_choice
from analysis.show.consult import say_consult, say_recognition, tabulate_consult, tabulate_rules
from analysis.show.listings import (
    tabulate_claims,
    tabulate_history,
    tabulate_missing,
    tabulate_sources,
)
from analysis.show.posts import say_gaps, say_panel, say_some, tabulate_heads, tabulate_posts
from analysis.show.profiles import say_profiles
from analysis.show.prose import say_cover, say_in_brief, say_missing
from analysis.show.schoolbrief import say_school_cover, say_school_in_brief
from analysis.show.tables import (
    tabulate_benefits,
    tabulate_coverage,
    tabulate_glance,
    tabulate_members,
)
from analysis.show.timeline import plot_history
from analysis.show.turns import say_coverage_in_brief, tabulate_turns

__all__ = [
    "AnalysisError",
    "Dataset",
    "Snapshot",
    "Workforce",
    "admitted_not_recognised",
    "benefit_matrix",
    "choose_at_risk",
    "claims_beside_figures",
    "consultation_rules",
    "coverage_matrix",
    "coverage_sources",
    "gaps",
    "group_matrix",
    "headline_members",
    "heads_by_choice",
    "hide_small_counts",
    "latest_members",
    "merger_events",
    "merger_history",
    "open_unions",
    "overlaps",
    "plot_coverage",
    "plot_history",
    "plot_members",
    "post_coverage",
    "post_matrix",
    "read_dataset",
    "read_workforce",
    "recognition_of_posts",
    "redundancies",
    "role_code",
    "roles_by_choice",
    "say_consult",
    "say_cover",
    "say_coverage_in_brief",
    "say_gaps",
    "say_in_brief",
    "say_missing",
    "say_panel",
    "say_profiles",
    "say_recognition",
    "say_school_cover",
    "say_school_in_brief",
    "say_some",
    "school_groups",
    "smallest_panel",
    "spans",
    "staff_totals",
    "tabulate_benefits",
    "tabulate_choice",
    "tabulate_claims",
    "tabulate_consult",
    "tabulate_coverage",
    "tabulate_glance",
    "tabulate_heads",
    "tabulate_history",
    "tabulate_members",
    "tabulate_missing",
    "tabulate_posts",
    "tabulate_rules",
    "tabulate_sources",
    "tabulate_turns",
    "what_is_missing",
    "who_admits",
    "whom_to_consult",
    "widest_by_basis",
]
