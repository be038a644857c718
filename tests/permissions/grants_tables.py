"""The answers of the money pages, by hand.

tables.py says what the letters mean. Rows are addresses, columns people, in the order of
cast.NAMES: author, second, adviser, equality, chief, maker, deputy, lapsed, private, finance,
approver, cfo, governance, auditor, admin, former, closed, anyone. After the colon stands what the
page is about, where that matters: the allocation of a decision in force or `revoked`; a line that
is a commitment, or `paid`, `waiting`, `reversed`, `reversal`, or `closed` in part; an import that
is staged, `alike` a line held, or `done`; a month that is open or `closed`; a claim that is a
draft, or `sent`; a line that was `refused` by the funder; a line above the limit that finance
entered and that waits, or was `declined`. Nothing of the grant is left to claim.
"""

# What a look is answered.
LOOKS = """
                       au se ad eq ch ma de la pr fi ap cf go at am fo cl an
grants_home          | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
money_report         | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
money_find           | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
money_export         | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
allocation_list      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
programme_list       | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
programme_detail     | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
allocation_new       | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
allocation_new:sum   | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
allocation_detail    | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
allocation_months    | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
allocation_amend     | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
plan_edit            | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
virement_new         | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
virement_new:revoked | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
set_apart            | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
hand_back_new        | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
hand_back_undo       | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
line_new             | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
line_new:revoked     | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
line_list             | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
line_detail          | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
line_why             | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
line_why:waiting     | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
allocation_withheld  | .  -  .  .  .  .  .  .  .  -  -  -  .  .  x  x  >  >
line_withheld:closed | .  -  .  .  .  .  .  .  .  -  -  -  .  .  x  x  >  >
line_evidence:closed | .  -  .  .  .  .  .  .  .  -  -  -  .  .  x  x  >  >
line_withhold        | x  x  x  x  x  x  x  x  x  .  x  x  .  x  x  x  >  >
line_words_release:closed | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
line_evidence        | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
line_evidence:paid   | -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x  >  >
line_amend           | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
line_amend:reversal  | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_convert         | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
line_convert:paid    | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_convert:waiting | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_release         | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
line_release:paid    | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_credit:paid     | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
line_credit:waiting  | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_reverse:paid    | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
line_reverse:waiting | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
line_reverse:reversed| x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_cover:waiting   | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
line_cover:paid      | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
awaiting_list        | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
awaiting_new         | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
award_list           | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
award_detail         | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
award_letter         | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
award_new            | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
limit_change         | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
limit_change:revoked | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
bid_end              | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
variation_apply      | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
import_list          | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
import_new           | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
import_columns       | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
import_template      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
import_detail        | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
import_file          | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
import_set_aside     | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
import_drop          | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
import_matches:alike | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
import_approve       | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
import_reverse:done  | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
sap_codes            | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
month_list           | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
month_detail         | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
month_close          | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
month_reopen:closed  | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
year_close           | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
reconciliation_detail| .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
reconciliation_matches| .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
reconciliation_statement| .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
sap_export_detail    | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
reconciliation_load  | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
reconciliation_columns| x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
reconciliation_match | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
reconciliation_pair  | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
reconciliation_explain| x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
reconciliation_prepare| x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
match_undo           | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
sap_export_withdraw  | x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
reconciliation_agree | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
proposal_detail      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
proposal_answer      | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
proposal_answer:money| x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
claim_list           | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
claim_detail         | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
claim_new            | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
claim_submit         | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
claim_withdraw       | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
claim_answer:sent    | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
statement_new        | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
statement_detail     | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
statement_certify    | x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  x  >  >
statement_document   | -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x  >  >
line_recharge:refused| x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
approval_limit       | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
reservation_list     | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
reservation_detail   | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
reservation_answer   | x  x  x  x  x  x  x  x  x  .  .  .  x  x  x  x  >  >
reservation_correct:declined| x  x  x  x  x  x  x  x  x  .  x  x  x  x  x  x  >  >
money_rules          | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
waiver_list          | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
waiver_detail        | .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  >  >
waiver_new           | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
waiver_end           | x  x  x  x  x  x  x  x  x  x  .  .  x  x  x  x  >  >
"""

# What a form that is sent is answered.
SENT = """
                       au se ad eq ch ma de la pr fi ap cf go at am fo cl an
grants_home          | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
money_report         | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
money_find           | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
money_export         | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
allocation_list      | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
programme_list       | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
programme_detail     | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
allocation_new       | x  x  x  x  x  x  x  x  x  .  x  .  x  x  x  x  >  >
allocation_new:sum   | x  x  x  x  x  x  x  x  x  +  x  +  x  x  x  x  >  >
allocation_detail    | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
allocation_months    | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
allocation_amend     | x  x  x  x  x  x  x  x  x  +  x  +  x  x  x  x  >  >
plan_edit            | x  x  x  x  x  x  x  x  x  +  x  +  x  x  x  x  >  >
virement_new         | x  x  x  x  x  x  x  x  x  +  +  +  x  x  x  x  >  >
virement_new:revoked | x  x  x  x  x  x  x  x  x  r  r  r  x  x  x  x  >  >
set_apart            | x  x  x  x  x  x  x  x  x  +  +  +  x  x  x  x  >  >
hand_back_new        | x  x  x  x  x  x  x  x  x  +  +  +  x  x  x  x  >  >
hand_back_undo       | x  x  x  x  x  x  x  x  x  r  r  r  x  x  x  x  >  >
line_new             | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
line_new:revoked     | x  x  x  x  x  x  x  x  x  r  x  x  x  x  x  x  >  >
line_list             | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
line_detail          | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
line_why             | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
line_why:waiting     | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
allocation_withheld  | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
line_withheld:closed | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
line_evidence:closed | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
line_withhold        | x  x  x  x  x  x  x  x  x  +  x  x  +  x  x  x  >  >
line_words_release:closed | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
line_evidence        | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
line_evidence:paid   | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
line_amend           | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
line_amend:reversal  | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_convert         | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
line_convert:paid    | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_convert:waiting | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_release         | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
line_release:paid    | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_credit:paid     | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
line_credit:waiting  | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_reverse:paid    | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
line_reverse:waiting | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
line_reverse:reversed| x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
line_cover:waiting   | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
line_cover:paid      | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
awaiting_list        | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
awaiting_new         | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
award_list           | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
award_detail         | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
award_letter         | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
award_new            | x  x  x  x  x  x  x  x  x  +  x  +  x  x  x  x  >  >
limit_change         | x  x  x  x  x  x  x  x  x  +  x  +  x  x  x  x  >  >
limit_change:revoked | x  x  x  x  x  x  x  x  x  r  x  r  x  x  x  x  >  >
bid_end              | x  x  x  x  x  x  x  x  x  +  x  +  x  x  x  x  >  >
variation_apply      | x  x  x  x  x  x  x  x  x  +  x  +  x  x  x  x  >  >
import_list          | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
import_new           | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
import_columns       | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
import_template      | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
import_detail        | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
import_file          | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
import_set_aside     | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
import_drop          | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
import_matches:alike | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
import_approve       | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
import_reverse:done  | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
sap_codes            | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
month_list           | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
month_detail         | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
month_close          | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
month_reopen:closed  | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
year_close           | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
reconciliation_detail| m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
reconciliation_matches| m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
reconciliation_statement| m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
sap_export_detail    | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
reconciliation_load  | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
reconciliation_columns| x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
reconciliation_match | x  x  x  x  x  x  x  x  x  r  x  x  x  x  x  x  >  >
reconciliation_pair  | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
reconciliation_explain| x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
reconciliation_prepare| x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
match_undo           | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
sap_export_withdraw  | x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
reconciliation_agree | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
proposal_detail      | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
proposal_answer      | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
proposal_answer:money| x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
claim_list           | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
claim_detail         | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
claim_new            | x  x  x  x  x  x  x  x  x  r  r  r  x  x  x  x  >  >
claim_submit         | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
claim_withdraw       | x  x  x  x  x  x  x  x  x  +  +  +  x  x  x  x  >  >
claim_answer:sent    | x  x  x  x  x  x  x  x  x  +  +  +  x  x  x  x  >  >
statement_new        | x  x  x  x  x  x  x  x  x  r  r  r  x  x  x  x  >  >
statement_detail     | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
statement_certify    | x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  x  >  >
statement_document   | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
line_recharge:refused| x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
approval_limit       | x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  x  >  >
reservation_list     | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
reservation_detail   | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
reservation_answer   | x  x  x  x  x  x  x  x  x  +  +  +  x  x  x  x  >  >
reservation_correct:declined| x  x  x  x  x  x  x  x  x  +  x  x  x  x  x  x  >  >
money_rules          | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
waiver_list          | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
waiver_detail        | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
waiver_new           | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
waiver_end           | x  x  x  x  x  x  x  x  x  x  +  +  x  x  x  x  >  >
"""
