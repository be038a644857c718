"""Records of the paper: their state, their constraints and the questions about one of them."""

from accounts.models import AdviceKind
from decisions.models.approvals import (
    GRANTED,
    SUMS_DECIDED,
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
from decisions.models.conditions import (
    conditions_page,
    restricted_recommendations,
    reviews_due,
)
from decisions.models.content import FORMAT, Content, has_part_2, paper_content, part_1_of
from decisions.models.decided_shares import OutcomeRecipient, OutcomeYear, recipients_decided
from decisions.models.decision import Decision
from decisions.models.differences import HEADING_WORDS, Change, changes_between, kinds_of
from decisions.models.discharges import ConditionDischarge
from decisions.models.documents import DocumentKind, SignedDocument, SignedDocumentQuerySet
from decisions.models.former import FormerPaper, Retired
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
    hidden_among,
    in_part_1,
)
from decisions.models.references import Reference, ReferenceForm, parse_reference
from decisions.models.requirements import USUAL, Requirement, RequirementForm, RuleAnswer
from decisions.models.revisions import (
    CORRECTABLE,
    RELEASABLE,
    Place,
    ReleaseGround,
    RevisedItem,
    Revision,
    RevisionAnswer,
    RevisionKind,
)
from decisions.models.series import AdviceGiver, EndorsingStage, NumberGap, Series
from decisions.models.shares import Recipient, YearSum, year_name
from decisions.models.standing import (
    AdviceStanding,
    advice_needed,
    advice_standing,
    latest_version,
    read_content,
)
from decisions.models.steps import StepTaken
from decisions.models.successors import earlier_decisions, later_decisions
from decisions.models.transcriptions import Transcription
from decisions.models.waiting import Holders, Waiting, people_waited_on, waiting_on
from decisions.models.working_days import (
    is_working_day,
    working_days_after,
    working_days_between,
)
from decisions.models.working_text import KEPT_FOR, WorkingText
from decisions.shapes import (
    ParagraphForm,
    forms_in,
    items_of,
    pieces_of,
    rows_of,
    runs_of,
    text_of_rows,
)

__all__ = [
    "BATCH_LASTS",
    "CLASSIFICATION",
    "CORRECTABLE",
    "FORMAT",
    "GRANTED",
    "HEADING_WORDS",
    "KEPT_FOR",
    "RELEASABLE",
    "SUMS_DECIDED",
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
    "ConditionDischarge",
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
    "FormerPaper",
    "Holders",
    "InterestKind",
    "LinkKind",
    "Mail",
    "MailKind",
    "Member",
    "NumberGap",
    "Organisation",
    "Outcome",
    "OutcomeFigure",
    "OutcomeRecipient",
    "OutcomeYear",
    "PaperVersion",
    "Paragraph",
    "ParagraphForm",
    "Part",
    "Place",
    "PreparedDecision",
    "Programme",
    "Recipient",
    "Recommendation",
    "RecommendationKind",
    "RecommendationOutcome",
    "Reference",
    "ReferenceForm",
    "ReleaseGround",
    "Requirement",
    "RequirementForm",
    "Retired",
    "RevisedItem",
    "Revision",
    "RevisionAnswer",
    "RevisionKind",
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
    "Transcription",
    "WaitedOn",
    "Waiting",
    "WorkingText",
    "YearSum",
    "advice_needed",
    "advice_standing",
    "changes_between",
    "conditions_page",
    "direction_of",
    "earlier_decisions",
    "forms_in",
    "has_part_2",
    "hidden_among",
    "in_box",
    "in_part_1",
    "is_working_day",
    "items_of",
    "kinds_of",
    "later_decisions",
    "latest_version",
    "paper_content",
    "parse_reference",
    "part_1_of",
    "people_waited_on",
    "pieces_of",
    "programme_of",
    "read_content",
    "recipients_decided",
    "restricted_recommendations",
    "reviews_due",
    "rows_of",
    "runs_of",
    "text_of_rows",
    "waiting_on",
    "working_days_after",
    "working_days_between",
    "year_name",
]
