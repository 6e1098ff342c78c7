from .errors import AnalysisError
from .questions.benefits import benefit_matrix
from .questions.changes import changes_between
from .questions.claims import check_claims, clashing_claims
from .questions.consult import (
    consultation_rules,
    recognition_of_posts,
    redundancies,
    whom_to_consult,
)
from .questions.coverage import (
    admitted_not_recognised,
    coverage_matrix,
    coverage_sources,
    group_matrix,
    old_answers,
    role_code,
    roles_by_choice,
    who_admits,
)
from .questions.freshness import stale_facts, stale_since
from .questions.heads import hide_small_counts, staff_totals
from .questions.history import merger_events, merger_history, spans
from .questions.known import what_is_missing
from .questions.membership import (
    claimed_against_counted,
    headline_members,
    latest_members,
    rank_members,
    sum_members,
    widest_by_basis,
)
from .questions.school import (
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
from .questions.trend import member_trend
from .read.facts import Dataset, read_dataset
from .read.pair import Two, read_two
from .read.snapshot import Snapshot
from .read.workforce import Workforce, read_workforce
from .show.bars import plot_members
from .show.changed_answers import (
    tabulate_changed_benefits,
    tabulate_changed_details,
    tabulate_changed_posts,
)
from .show.changes import (
    tabulate_changed_claims,
    tabulate_changed_fees,
    tabulate_changed_figures,
    tabulate_changed_unions,
)
from .show.changes_brief import say_changes_cover, say_changes_in_brief
from .show.charts import plot_coverage
from .show.choice import tabulate_choice
from .show.choosers import explore
from .show.claims import tabulate_claims, tabulate_clashes, tabulate_distance
from .show.consult import say_consult, say_recognition, tabulate_consult, tabulate_rules
from .show.factsheet import say_factsheet
from .show.freshness import tabulate_first_read, tabulate_stale
from .show.glossary import say_glossary
from .show.listings import tabulate_history, tabulate_missing, tabulate_sources
from .show.posts import say_gaps, say_panel, say_some, tabulate_heads, tabulate_posts
from .show.profiles import say_profiles
from .show.prose import say_cover, say_in_brief, say_missing
from .show.schoolbrief import say_school_cover, say_school_in_brief
from .show.summary import (
    say_five,
    say_front,
    say_members_and_ask,
    tabulate_groups,
)
from .show.tables import (
    tabulate_benefits,
    tabulate_coverage,
    tabulate_glance,
    tabulate_members,
)
from .show.timeline import plot_history
from .show.trend import plot_trend, tabulate_trend
from .show.turns import say_coverage_in_brief, tabulate_turns

__all__ = [
    "AnalysisError",
    "Dataset",
    "Snapshot",
    "Two",
    "Workforce",
    "admitted_not_recognised",
    "benefit_matrix",
    "changes_between",
    "check_claims",
    "choose_at_risk",
    "claimed_against_counted",
    "clashing_claims",
    "consultation_rules",
    "coverage_matrix",
    "coverage_sources",
    "explore",
    "gaps",
    "group_matrix",
    "headline_members",
    "heads_by_choice",
    "hide_small_counts",
    "latest_members",
    "member_trend",
    "merger_events",
    "merger_history",
    "old_answers",
    "open_unions",
    "overlaps",
    "plot_coverage",
    "plot_history",
    "plot_members",
    "plot_trend",
    "post_coverage",
    "post_matrix",
    "rank_members",
    "read_dataset",
    "read_two",
    "read_workforce",
    "recognition_of_posts",
    "redundancies",
    "role_code",
    "roles_by_choice",
    "say_changes_cover",
    "say_changes_in_brief",
    "say_consult",
    "say_cover",
    "say_coverage_in_brief",
    "say_factsheet",
    "say_five",
    "say_front",
    "say_gaps",
    "say_glossary",
    "say_in_brief",
    "say_members_and_ask",
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
    "stale_facts",
    "stale_since",
    "sum_members",
    "tabulate_benefits",
    "tabulate_changed_benefits",
    "tabulate_changed_claims",
    "tabulate_changed_details",
    "tabulate_changed_fees",
    "tabulate_changed_figures",
    "tabulate_changed_posts",
    "tabulate_changed_unions",
    "tabulate_choice",
    "tabulate_claims",
    "tabulate_clashes",
    "tabulate_consult",
    "tabulate_coverage",
    "tabulate_distance",
    "tabulate_first_read",
    "tabulate_glance",
    "tabulate_groups",
    "tabulate_heads",
    "tabulate_history",
    "tabulate_members",
    "tabulate_missing",
    "tabulate_posts",
    "tabulate_rules",
    "tabulate_sources",
    "tabulate_stale",
    "tabulate_trend",
    "tabulate_turns",
    "what_is_missing",
    "who_admits",
    "whom_to_consult",
    "widest_by_basis",
]
