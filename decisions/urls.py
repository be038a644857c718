"""Addresses of the decision pages."""

from django.urls import URLPattern, path, re_path

from decisions.views.advice import decision_advice, decision_advise
from decisions.views.batches import batch_sign, batch_signed, prepared_remove
from decisions.views.before import decision_before, warning_answer
from decisions.views.boxes import box, box_move, box_note, box_pack, box_pack_file
from decisions.views.check import check
from decisions.views.comparing import decision_compare, decision_compare_part_2
from decisions.views.conditions import condition_detail, condition_evidence, condition_list
from decisions.views.copying import decision_copy
from decisions.views.deciding import decision_decide, decision_signed, decision_stand_aside
from decisions.views.detail import (
    decision_detail,
    decision_document,
    decision_history,
    decision_part_2,
    decision_restricted_document,
    register_detail,
    register_programme,
)
from decisions.views.drafting import decision_edit, decision_new, decision_words
from decisions.views.home import home
from decisions.views.importing import decision_import
from decisions.views.linking import link_new
from decisions.views.lists import decision_list, register_list
from decisions.views.papers import (
    former_paper,
    paper_edit,
    paper_new,
    paper_replace,
    register_paper,
    supporting_paper,
)
from decisions.views.paragraphs import (
    decision_renumber,
    item_restore,
    paragraph_join,
    paragraph_place,
    paragraph_split,
)
from decisions.views.printing import decision_draft, decision_restricted_draft
from decisions.views.queues import decision_urgent, publication_list
from decisions.views.recommendations import recommendation_edit, recommendation_new
from decisions.views.registry import decision_hand_over, series_number
from decisions.views.requirements import requirement_remove, series_requirements
from decisions.views.reviews import part_2_reviews
from decisions.views.revising import (
    decision_correct,
    decision_release,
    revision_decline,
    revision_detail,
)
from decisions.views.revoking import decision_revoke
from decisions.views.sections import (
    paragraph_edit,
    paragraph_new,
    section_edit,
    section_new,
)
from decisions.views.series import series_edit, series_end
from decisions.views.steps import decision_step
from decisions.views.succeeding import decision_succeed
from decisions.views.surroundings import (
    consultation_new,
    exemption_edit,
    exemption_new,
    item_move,
    item_remove,
)
from decisions.views.transcribing import (
    decision_scan,
    decision_transcribe,
    decision_transcription,
    paper_record_new,
    register_scan,
)
from decisions.views.working_text import (
    working_text,
    working_text_anew,
    working_text_detail,
    working_text_discard,
    working_text_list,
)

ONE = "decisions/<slug:slug>/"
STEPS = {
    "submit": "submit_for_advice",
    "send": "send_to_chief_executive",
    "endorse": "endorse",
    "return": "return_to_draft",
    "withdraw": "withdraw",
    "publish": "publish",
    "defer": "defer_publication",
    "take-down": "take_down",
    "return-transcription": "return_transcription",
}


def _step(place: str, name: str) -> URLPattern:
    """Return the address of a step of the workflow."""
    url_name = f"decision_{place.replace('-', '_')}"
    return path(f"{ONE}{place}/", decision_step, {"name": name}, name=url_name)


def _item(act: str, items: str) -> str:
    """Return the address of an act on a part of a paper, of one of the kinds named."""
    return rf"^decisions/(?P<slug>[-\w]+)/edit/(?P<items>{items})/(?P<pk>[0-9]+)/{act}/$"


urlpatterns = [
    path("", home, name="home"),
    path("decisions/", decision_list, name="decision_list"),
    path("decisions/new/", decision_new, name="decision_new"),
    path("decisions/import/", decision_import, name="decision_import"),
    path("decisions/publication/", publication_list, name="publication_list"),
    path("decisions/series/<slug:code>/", series_edit, name="series_edit"),
    path("decisions/series/<slug:code>/end/", series_end, name="series_end"),
    path("decisions/series/<slug:code>/number/", series_number, name="series_number"),
    path(
        "decisions/series/<slug:code>/requirements/",
        series_requirements,
        name="series_requirements",
    ),
    path(
        "decisions/series/<slug:code>/requirements/<int:pk>/remove/",
        requirement_remove,
        name="requirement_remove",
    ),
    path("decisions/signed-on-paper/", paper_record_new, name="paper_record_new"),
    path(ONE, decision_detail, name="decision_detail"),
    path(f"{ONE}urgent/", decision_urgent, name="decision_urgent"),
    path(f"{ONE}history/", decision_history, name="decision_history"),
    path(f"{ONE}part-2/", decision_part_2, name="decision_part_2"),
    path(f"{ONE}copy/", decision_copy, name="decision_copy"),
    path(f"{ONE}draft.pdf", decision_draft, name="decision_draft"),
    path(
        f"{ONE}draft-restricted.pdf",
        decision_restricted_draft,
        name="decision_restricted_draft",
    ),
    path(f"{ONE}compare/", decision_compare, name="decision_compare"),
    path(f"{ONE}compare/part-2/", decision_compare_part_2, name="decision_compare_part_2"),
    path(f"{ONE}documents/<int:n>.pdf", decision_document, name="decision_document"),
    path(
        f"{ONE}documents/<int:n>-restricted.pdf",
        decision_restricted_document,
        name="decision_restricted_document",
    ),
    path(f"{ONE}edit/", decision_edit, name="decision_edit"),
    path(f"{ONE}before/", decision_before, name="decision_before"),
    path(f"{ONE}before/<slug:key>/", warning_answer, name="warning_answer"),
    path(f"{ONE}edit/words/", decision_words, name="decision_words"),
    path(f"{ONE}edit/renumber/", decision_renumber, name="decision_renumber"),
    path(f"{ONE}edit/sections/new/", section_new, name="section_new"),
    path(f"{ONE}edit/sections/<int:pk>/", section_edit, name="section_edit"),
    path(f"{ONE}edit/sections/<int:section>/paragraphs/new/", paragraph_new, name="paragraph_new"),
    path(f"{ONE}edit/paragraphs/<int:pk>/", paragraph_edit, name="paragraph_edit"),
    path(f"{ONE}edit/paragraphs/<int:pk>/split/", paragraph_split, name="paragraph_split"),
    path(f"{ONE}edit/paragraphs/<int:pk>/place/", paragraph_place, name="paragraph_place"),
    path(
        f"{ONE}edit/paragraphs/<int:pk>/join/<int:following>/",
        paragraph_join,
        name="paragraph_join",
    ),
    path(f"{ONE}edit/recommendations/new/", recommendation_new, name="recommendation_new"),
    path(f"{ONE}edit/recommendations/<int:pk>/", recommendation_edit, name="recommendation_edit"),
    path(f"{ONE}edit/exemptions/new/", exemption_new, name="exemption_new"),
    path(f"{ONE}edit/exemptions/<int:pk>/", exemption_edit, name="exemption_edit"),
    path(f"{ONE}edit/links/new/", link_new, name="link_new"),
    path(f"{ONE}edit/consultations/new/", consultation_new, name="consultation_new"),
    path(f"{ONE}edit/papers/new/", paper_new, name="paper_new"),
    path(f"{ONE}edit/papers/<int:pk>/", paper_edit, name="paper_edit"),
    path(f"{ONE}edit/papers/<int:pk>/replace/", paper_replace, name="paper_replace"),
    path(f"{ONE}papers/former/<int:pk>/", former_paper, name="former_paper"),
    path(f"{ONE}papers/<int:pk>/", supporting_paper, name="supporting_paper"),
    path(f"{ONE}hand-over/", decision_hand_over, name="decision_hand_over"),
    re_path(_item("restore", "sections|paragraphs"), item_restore, name="item_restore"),
    re_path(
        _item("move", "sections|paragraphs|recommendations|papers"), item_move, name="item_move"
    ),
    re_path(
        _item("remove", "sections|paragraphs|recommendations|exemptions|links|papers"),
        item_remove,
        name="item_remove",
    ),
    path(f"{ONE}advice/", decision_advice, name="decision_advice"),
    path(f"{ONE}advice/<slug:kind>/", decision_advise, name="decision_advise"),
    path(f"{ONE}decide/", decision_decide, name="decision_decide"),
    path(f"{ONE}stand-aside/", decision_stand_aside, name="decision_stand_aside"),
    path(f"{ONE}signed/", decision_signed, name="decision_signed"),
    path(f"{ONE}revoke/", decision_revoke, name="decision_revoke"),
    *(_step(place, name) for place, name in STEPS.items()),
    path("box/", box, name="box"),
    path("box/pack/", box_pack, name="box_pack"),
    path("box/pack/file/", box_pack_file, name="box_pack_file"),
    path("box/sign/", batch_sign, name="batch_sign"),
    path("box/signed/<int:pk>/", batch_signed, name="batch_signed"),
    path("box/prepared/<int:pk>/remove/", prepared_remove, name="prepared_remove"),
    path("box/<slug:slug>/move/", box_move, name="box_move"),
    path("box/<slug:slug>/note/", box_note, name="box_note"),
    path(f"{ONE}vary/", decision_succeed, {"kind": "varies"}, name="decision_vary"),
    path(f"{ONE}supersede/", decision_succeed, {"kind": "supersedes"}, name="decision_supersede"),
    path(f"{ONE}correct/", decision_correct, name="decision_correct"),
    path(f"{ONE}release/", decision_release, name="decision_release"),
    path(f"{ONE}revisions/<int:n>/", revision_detail, name="revision_detail"),
    path(f"{ONE}revisions/<int:n>/decline/", revision_decline, name="revision_decline"),
    path(f"{ONE}transcribe/", decision_transcribe, name="decision_transcribe"),
    path(f"{ONE}transcription/", decision_transcription, name="decision_transcription"),
    path(f"{ONE}scan/", decision_scan, name="decision_scan"),
    path(f"{ONE}conditions/<int:pk>/", condition_detail, name="condition_detail"),
    path(f"{ONE}conditions/<int:pk>/evidence/", condition_evidence, name="condition_evidence"),
    path("conditions/", condition_list, name="condition_list"),
    path("part-2-reviews/", part_2_reviews, name="part_2_reviews"),
    path("working-text/", working_text_list, name="working_text_list"),
    path("working-text/<int:n>/", working_text_detail, name="working_text_detail"),
    path("working-text/<int:n>/anew/", working_text_anew, name="working_text_anew"),
    path("working-text/keep/", working_text, name="working_text"),
    path("working-text/discard/", working_text_discard, name="working_text_discard"),
    path("check/", check, name="check"),
    path("register/", register_list, name="register_list"),
    path("register/<slug:slug>/", register_detail, name="register_detail"),
    path("register/<slug:slug>/programme/", register_programme, name="register_programme"),
    path("register/<slug:slug>/papers/<slug:key>/", register_paper, name="register_paper"),
    path("register/<slug:slug>/scan/", register_scan, name="register_scan"),
]
