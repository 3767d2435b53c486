"""Patterns: what matches what, and rules that rewrite.

May import `wlnet.terms` and `wlnet.errors` only; what it needs of the evaluator is handed in at match time as
a `Matching`. Read `matching`, `atomic`, `sequences`, `combined`, `compound`, `compile`, then `renaming`, `substitution`,
`rules`, `specificity`, `table`, `replace`.
"""

from wlnet.patterns.compile import Matcher, compile_pattern, is_literal, options_owner, unwrap
from wlnet.patterns.matching import Bindings, Matching
from wlnet.patterns.options import is_rule
from wlnet.patterns.replace import replace, replace_all, replace_repeated
from wlnet.patterns.rules import NO_MATCH, CompiledRule, is_match, match_all
from wlnet.patterns.specificity import right_condition
from wlnet.patterns.substitution import substitute, template
from wlnet.patterns.table import RuleTable

__all__ = [
    "NO_MATCH", "Bindings", "CompiledRule", "Matcher", "Matching", "RuleTable",
    "compile_pattern", "is_literal", "is_match", "is_rule", "match_all", "options_owner", "replace", "replace_all",
    "replace_repeated", "right_condition", "substitute", "template", "unwrap",
]  # fmt: skip
