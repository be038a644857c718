"""Records of the paper: their state, their constraints and the questions about one of them."""

from accounts.models import AdviceKind
from decisions.models.approvals import (
    GRANTED,
    Advice,
    Approval,
    Condition,
    InterestKind,
    Outcome,
    OutcomeFigure,
    PaperVersion,
    RecommendationOutcome,
    Stage,
)
from decisions.models.boxes import (
    BATCH_LASTS,
    Batch,
    BatchItem,
    BatchUse,
    BoxPlace,
    PreparedDecision,
    in_box,
)
from decisions.models.classification import CLASSIFICATION, Belongs
from decisions.models.content import FORMAT, Content, paper_content, part_1_of
from decisions.models.decision import Decision
from decisions.models.differences import HEADING_WORDS, Change, changes_between, kinds_of
from decisions.models.documents import DocumentKind, SignedDocument, SignedDocumentQuerySet
from decisions.models.index import SearchEntry
from decisions.models.interests import StandingAside
from decisions.models.lineage import Member, Programme, programme_of
from decisions.models.mail import Mail, MailKind, WaitedOn
from decisions.models.paper import (
    Consultation,
    DecisionLink,
    Exemption,
    LinkKind,
    Paragraph,
    Part,
    Section,
    SupportingPaper,
)
from decisions.models.parties import Organisation
from decisions.models.posts import FormPost
from decisions.models.querysets import DecisionQuerySet
from decisions.models.recommendations import (
    Direction,
    Figure,
    FigureRole,
    Recommendation,
    RecommendationKind,
    direction_of,
)
from decisions.models.references import Reference, ReferenceForm, parse_reference
from decisions.models.requirements import USUAL, Requirement, RequirementForm, RuleAnswer
from decisions.models.series import AdviceGiver, EndorsingStage, NumberGap, Series
from decisions.models.standing import (
    AdviceStanding,
    advice_needed,
    advice_standing,
    latest_version,
    read_content,
)
from decisions.models.steps import StepTaken
from decisions.models.waiting import Waiting, people_waited_on, waiting_on
from decisions.models.working_days import (
    is_working_day,
    working_days_after,
    working_days_between,
)

__all__ = [
    "BATCH_LASTS",
    "CLASSIFICATION",
    "FORMAT",
    "GRANTED",
    "HEADING_WORDS",
    "USUAL",
    "Advice",
    "AdviceGiver",
    "AdviceKind",
    "AdviceStanding",
    "Approval",
    "Batch",
    "BatchItem",
    "BatchUse",
    "Belongs",
    "BoxPlace",
    "Change",
    "Condition",
    "Consultation",
    "Content",
    "Decision",
    "DecisionLink",
    "DecisionQuerySet",
    "Direction",
    "DocumentKind",
    "EndorsingStage",
    "Exemption",
    "Figure",
    "FigureRole",
    "FormPost",
    "InterestKind",
    "LinkKind",
    "Mail",
    "MailKind",
    "Member",
    "NumberGap",
    "Organisation",
    "Outcome",
    "OutcomeFigure",
    "PaperVersion",
    "Paragraph",
    "Part",
    "PreparedDecision",
    "Programme",
    "Recommendation",
    "RecommendationKind",
    "RecommendationOutcome",
    "Reference",
    "ReferenceForm",
    "Requirement",
    "RequirementForm",
    "RuleAnswer",
    "SearchEntry",
    "Section",
    "Series",
    "SignedDocument",
    "SignedDocumentQuerySet",
    "Stage",
    "StandingAside",
    "StepTaken",
    "SupportingPaper",
    "WaitedOn",
    "Waiting",
    "advice_needed",
    "advice_standing",
    "changes_between",
    "direction_of",
    "in_box",
    "is_working_day",
    "kinds_of",
    "latest_version",
    "paper_content",
    "parse_reference",
    "part_1_of",
    "people_waited_on",
    "programme_of",
    "read_content",
    "waiting_on",
    "working_days_after",
    "working_days_between",
]
