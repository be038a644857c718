"""Addresses of the money pages."""

from django.urls import path

from grants.views.allocating import allocation_new
from grants.views.allocations import (
    allocation_amend,
    allocation_detail,
    allocation_list,
)
from grants.views.awaiting import awaiting_list, line_cover
from grants.views.awards import award_detail, award_letter, award_list, award_new, bid_end
from grants.views.claims import (
    claim_answer,
    claim_detail,
    claim_list,
    claim_new,
    claim_submit,
    claim_withdraw,
    line_recharge,
)
from grants.views.credits import line_credit
from grants.views.expenditure import (
    statement_certify,
    statement_detail,
    statement_document,
    statement_new,
)
from grants.views.exports import money_export
from grants.views.find import money_find
from grants.views.home import grants_home
from grants.views.import_steps import (
    import_approve,
    import_drop,
    import_matches,
    import_reverse,
    import_set_aside,
    sap_codes,
)
from grants.views.imports import (
    import_columns,
    import_detail,
    import_file,
    import_list,
    import_new,
    import_template,
)
from grants.views.limits import limit_change, variation_apply
from grants.views.lines import (
    line_amend,
    line_detail,
    line_evidence,
    line_list,
    line_release,
    line_reverse,
)
from grants.views.months import (
    month_close,
    month_detail,
    month_list,
    month_reopen,
    year_close,
)
from grants.views.months_of_one import allocation_months
from grants.views.moving import category_move, hand_back_new, hand_back_undo, virement_new
from grants.views.plans import plan_edit
from grants.views.programmes import programme_detail, programme_list
from grants.views.proposals import proposal_answer, proposal_detail
from grants.views.reconciling import (
    reconciliation_detail,
    reconciliation_matches,
    reconciliation_statement,
    sap_export_detail,
)
from grants.views.reconciling_steps import (
    match_undo,
    reconciliation_agree,
    reconciliation_columns,
    reconciliation_explain,
    reconciliation_load,
    reconciliation_match,
    reconciliation_pair,
    reconciliation_prepare,
    sap_export_withdraw,
)
from grants.views.recording import awaiting_new, line_convert, line_new
from grants.views.report import money_report
from grants.views.reservations import (
    approval_limit_set,
    reservation_answer,
    reservation_correct,
    reservation_detail,
    reservation_list,
)
from grants.views.waivers import (
    money_rules,
    waiver_detail,
    waiver_end,
    waiver_list,
    waiver_new,
)
from grants.views.why import line_why
from grants.views.withheld import (
    allocation_withheld,
    line_withheld,
    line_withhold,
    line_words_release,
)

ALLOCATION = "allocations/<slug:slug>/"
LINE = "lines/<int:pk>/"
RECONCILING = "months/<slug:slug>/reconciliation/"

urlpatterns = [
    path("", grants_home, name="grants_home"),
    path("exports/<slug:table>.<slug:ending>", money_export, name="money_export"),
    path("find/", money_find, name="money_find"),
    path("report/", money_report, name="money_report"),
    path("allocations/", allocation_list, name="allocation_list"),
    path("allocations/new/", allocation_new, name="allocation_new"),
    path(ALLOCATION, allocation_detail, name="allocation_detail"),
    path(f"{ALLOCATION}amend/", allocation_amend, name="allocation_amend"),
    path(f"{ALLOCATION}categories/", category_move, name="set_apart"),
    path(f"{ALLOCATION}hand-back/", hand_back_new, name="hand_back_new"),
    path(f"{ALLOCATION}hand-back/correct/", hand_back_undo, name="hand_back_undo"),
    path(f"{ALLOCATION}limit/", limit_change, name="limit_change"),
    path(f"{ALLOCATION}months/", allocation_months, name="allocation_months"),
    path(f"{ALLOCATION}plan/<slug:kind>/", plan_edit, name="plan_edit"),
    path(f"{ALLOCATION}move/", virement_new, name="virement_new"),
    path(f"{ALLOCATION}spend/", line_new, name="line_new"),
    path(f"{ALLOCATION}withheld/", allocation_withheld, name="allocation_withheld"),
    path("lines/", line_list, name="line_list"),
    path(LINE, line_detail, name="line_detail"),
    path(f"{LINE}amend/", line_amend, name="line_amend"),
    path(f"{LINE}convert/", line_convert, name="line_convert"),
    path(f"{LINE}cover/", line_cover, name="line_cover"),
    path(f"{LINE}credit/", line_credit, name="line_credit"),
    path(f"{LINE}evidence/", line_evidence, name="line_evidence"),
    path(f"{LINE}recharge/", line_recharge, name="line_recharge"),
    path(f"{LINE}release/", line_release, name="line_release"),
    path(f"{LINE}reverse/", line_reverse, name="line_reverse"),
    path(f"{LINE}why/", line_why, name="line_why"),
    path(f"{LINE}withheld/", line_withheld, name="line_withheld"),
    path(f"{LINE}withhold/", line_withhold, name="line_withhold"),
    path(f"{LINE}words/", line_words_release, name="line_words_release"),
    path("programmes/", programme_list, name="programme_list"),
    path("programmes/<slug:slug>/", programme_detail, name="programme_detail"),
    path("awards/", award_list, name="award_list"),
    path("awards/<int:pk>/", award_detail, name="award_detail"),
    path("awards/<int:pk>/new/", award_new, name="award_new"),
    path("awards/letters/<int:pk>/", award_letter, name="award_letter"),
    path("bids/<int:pk>/end/", bid_end, name="bid_end"),
    path("variations/<int:pk>/apply/", variation_apply, name="variation_apply"),
    path("imports/", import_list, name="import_list"),
    path("imports/new/", import_new, name="import_new"),
    path("imports/columns/", import_columns, name="import_columns"),
    path("imports/template/", import_template, name="import_template"),
    path("imports/<int:pk>/", import_detail, name="import_detail"),
    path("imports/<int:pk>/file/", import_file, name="import_file"),
    path("imports/<int:pk>/set-aside/", import_set_aside, name="import_set_aside"),
    path("imports/<int:pk>/matches/", import_matches, name="import_matches"),
    path("imports/<int:pk>/drop/", import_drop, name="import_drop"),
    path("imports/<int:pk>/approve/", import_approve, name="import_approve"),
    path("imports/<int:pk>/reverse/", import_reverse, name="import_reverse"),
    path("sap-codes/", sap_codes, name="sap_codes"),
    path("awards/<int:pk>/claim/", claim_new, name="claim_new"),
    path("claims/", claim_list, name="claim_list"),
    path("claims/<int:pk>/", claim_detail, name="claim_detail"),
    path("claims/<int:pk>/answer/", claim_answer, name="claim_answer"),
    path("claims/<int:pk>/submit/", claim_submit, name="claim_submit"),
    path("claims/<int:pk>/withdraw/", claim_withdraw, name="claim_withdraw"),
    path("awards/<int:pk>/statement/", statement_new, name="statement_new"),
    path("statements/<int:pk>/", statement_detail, name="statement_detail"),
    path("statements/<int:pk>/certify/", statement_certify, name="statement_certify"),
    path("statements/<int:pk>/document/", statement_document, name="statement_document"),
    path("months/", month_list, name="month_list"),
    path("months/<slug:slug>/", month_detail, name="month_detail"),
    path("months/<slug:slug>/close/", month_close, name="month_close"),
    path("months/<slug:slug>/reopen/", month_reopen, name="month_reopen"),
    path(RECONCILING, reconciliation_detail, name="reconciliation_detail"),
    path(f"{RECONCILING}columns/", reconciliation_columns, name="reconciliation_columns"),
    path(f"{RECONCILING}explain/", reconciliation_explain, name="reconciliation_explain"),
    path(f"{RECONCILING}load/", reconciliation_load, name="reconciliation_load"),
    path(f"{RECONCILING}match/", reconciliation_match, name="reconciliation_match"),
    path(f"{RECONCILING}matches/", reconciliation_matches, name="reconciliation_matches"),
    path(f"{RECONCILING}pair/", reconciliation_pair, name="reconciliation_pair"),
    path(f"{RECONCILING}prepare/", reconciliation_prepare, name="reconciliation_prepare"),
    path("matches/<int:pk>/undo/", match_undo, name="match_undo"),
    path("reconciliations/<int:pk>/", reconciliation_statement, name="reconciliation_statement"),
    path("reconciliations/<int:pk>/agree/", reconciliation_agree, name="reconciliation_agree"),
    path("sap-exports/<int:pk>/", sap_export_detail, name="sap_export_detail"),
    path("sap-exports/<int:pk>/withdraw/", sap_export_withdraw, name="sap_export_withdraw"),
    path("years/<int:year>/close/", year_close, name="year_close"),
    path("proposals/<int:pk>/", proposal_detail, name="proposal_detail"),
    path("proposals/<int:pk>/answer/", proposal_answer, name="proposal_answer"),
    path("approval-limit/", approval_limit_set, name="approval_limit"),
    path("reservations/", reservation_list, name="reservation_list"),
    path("reservations/<int:pk>/", reservation_detail, name="reservation_detail"),
    path("reservations/<int:pk>/answer/", reservation_answer, name="reservation_answer"),
    path("reservations/<int:pk>/correct/", reservation_correct, name="reservation_correct"),
    path("rules/", money_rules, name="money_rules"),
    path("waivers/", waiver_list, name="waiver_list"),
    path("waivers/new/", waiver_new, name="waiver_new"),
    path("waivers/<int:pk>/", waiver_detail, name="waiver_detail"),
    path("waivers/<int:pk>/end/", waiver_end, name="waiver_end"),
    path("awaiting/", awaiting_list, name="awaiting_list"),
    path("awaiting/new/", awaiting_new, name="awaiting_new"),
]
