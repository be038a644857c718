"""The answers of the pages that are about no one decision, by hand.

tables.py says what the letters mean. Rows are addresses, columns people, in the order of
cast.NAMES: author, second, adviser, equality, chief, maker, deputy, lapsed, private, finance,
approver, cfo, governance, auditor, admin, former, closed, anyone.
"""

PEOPLE = "au se ad eq ch ma de la pr fi ap cf go at am fo cl an"

# What a look is answered.
LOOKS = """
                              au se ad eq ch ma de la pr fi ap cf go at am fo cl an
home                        | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
decision_list               | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
decision_new                | .  .  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
decision_import             | .  .  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
publication_list            | .  .  .  .  .  .  .  .  .  .  .  .  .  .  -  -  >  >
series_edit                 | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
condition_list              | .  .  .  .  .  .  .  .  .  .  .  .  .  .  -  -  >  >
part_2_reviews              | x  x  x  x  x  x  x  x  x  x  x  x  .  .  x  x  >  >
paper_record_new            | .  .  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
series_number               | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
series_requirements         | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
requirement_remove          | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
box                         | x  x  x  x  .  .  .  .  .  x  x  x  x  x  x  x  >  >
box_pack                    | x  x  x  x  o  o  o  o  o  x  x  x  x  x  x  x  >  >
batch_sign                  | x  x  x  x  .  .  .  .  x  x  x  x  x  x  x  x  >  >
batch_signed                | -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  >  >
prepared_remove             | -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  >  >
box_move                    | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  >  >
register_list               | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
check                       | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
components                  | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
healthz                     | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
audit_list                  | x  x  x  x  x  x  x  x  x  x  x  x  .  .  x  x  >  >
audit_entry                 | x  x  x  x  x  x  x  x  x  x  x  x  .  .  x  x  >  >
audit_verify                | x  x  x  x  x  x  x  x  x  x  x  x  .  .  x  x  >  >
people_list                 | x  x  x  x  x  x  x  x  x  x  x  x  .  .  .  x  >  >
person_detail:another       | x  x  x  x  x  x  x  x  x  x  x  x  .  .  .  x  >  >
person_detail:self          | x  x  x  x  x  x  x  x  x  x  x  x  .  .  .  x  >  >
person_new                  | x  x  x  x  x  x  x  x  x  x  x  x  x  x  .  x  >  >
person_rename:another       | x  x  x  x  x  x  x  x  x  x  x  x  x  x  .  x  >  >
person_rename:self          | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
person_invite:another       | x  x  x  x  x  x  x  x  x  x  x  x  x  x  .  x  >  >
person_invite:self          | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
person_reset:another        | x  x  x  x  x  x  x  x  x  x  x  x  x  x  .  x  >  >
person_reset:self           | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
person_close:another        | x  x  x  x  x  x  x  x  x  x  x  x  x  x  .  x  >  >
person_close:self           | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
person_reopen:closed        | x  x  x  x  x  x  x  x  x  x  x  x  x  x  .  x  >  >
role_grant:another          | x  x  x  x  x  x  x  x  x  x  x  x  x  x  .  x  >  >
role_grant:self             | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
role_end:another            | x  x  x  x  x  x  x  x  x  x  x  x  x  x  .  x  >  >
role_end:self               | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
delegation_grant:another    | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
delegation_grant:self       | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
delegation_end:another      | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
scheme_list                 | x  x  x  x  .  .  .  .  x  x  x  x  .  .  .  x  >  >
scheme_detail               | x  x  x  x  .  .  .  .  x  x  x  x  .  .  .  x  >  >
scheme_new                  | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
scheme_paragraph_new        | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
scheme_paragraph_remove     | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
scheme_approve              | x  x  x  x  .  x  x  x  x  x  x  x  x  x  x  x  >  >
scheme_decline              | x  x  x  x  .  x  x  x  x  x  x  x  .  x  x  x  >  >
scheme_end                  | x  x  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
delegation_detail           | x  x  x  x  .  .  .  .  x  x  x  x  .  .  .  x  >  >
delegation_approve          | x  x  x  x  .  x  x  x  x  x  x  x  x  x  x  x  >  >
delegation_decline          | x  x  x  x  .  x  x  x  x  x  x  x  .  x  x  x  >  >
account_home                | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
mfa_index                   | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
mfa_list_webauthn           | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
usersessions_list           | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
account_set_up              | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
account_change_password     | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
account_login               | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  .  .
mfa_authenticate            | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
account_logout              | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  o  o
account_inactive            | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
account_set_password        | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
account_reset_password      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
account_invitation          | g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g
account_reauthenticate      | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_reauthenticate          | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
mfa_reauthenticate_webauthn | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_activate_totp           | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_deactivate_totp         | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_add_webauthn            | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_edit_webauthn           | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_remove_webauthn         | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_view_recovery_codes     | -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  >  >
mfa_generate_recovery_codes | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
"""

# What a form that is sent is answered.
SENT = """
                              au se ad eq ch ma de la pr fi ap cf go at am fo cl an
home                        | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
decision_list               | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
decision_new                | +  +  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
decision_import             | .  .  x  x  x  x  x  x  x  x  x  x  .  x  x  x  >  >
publication_list            | .  .  .  .  .  .  .  .  .  .  .  .  .  .  -  -  >  >
series_edit                 | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
condition_list              | .  .  .  .  .  .  .  .  .  .  .  .  .  .  -  -  >  >
part_2_reviews              | x  x  x  x  x  x  x  x  x  x  x  x  .  .  x  x  >  >
paper_record_new            | +  +  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
series_number               | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
series_requirements         | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
requirement_remove          | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
box                         | x  x  x  x  .  .  .  .  .  x  x  x  x  x  x  x  >  >
box_pack                    | x  x  x  x  o  o  o  o  o  x  x  x  x  x  x  x  >  >
batch_sign                  | x  x  x  x  .  .  .  .  x  x  x  x  x  x  x  x  >  >
batch_signed                | -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  >  >
prepared_remove             | -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  >  >
box_move                    | x  x  x  x  x  x  x  x  -  x  x  x  x  x  x  x  >  >
register_list               | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
check                       | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
components                  | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
healthz                     | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
audit_list                  | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
audit_entry                 | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
audit_verify                | x  x  x  x  x  x  x  x  x  x  x  x  +  +  x  x  >  >
people_list                 | x  x  x  x  x  x  x  x  x  x  x  x  .  .  .  x  >  >
person_detail:another       | x  x  x  x  x  x  x  x  x  x  x  x  .  .  .  x  >  >
person_detail:self          | x  x  x  x  x  x  x  x  x  x  x  x  .  .  .  x  >  >
person_new                  | x  x  x  x  x  x  x  x  x  x  x  x  x  x  +  x  >  >
person_rename:another       | x  x  x  x  x  x  x  x  x  x  x  x  x  x  +  x  >  >
person_rename:self          | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
person_invite:another       | x  x  x  x  x  x  x  x  x  x  x  x  x  x  +  x  >  >
person_invite:self          | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
person_reset:another        | x  x  x  x  x  x  x  x  x  x  x  x  x  x  +  x  >  >
person_reset:self           | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
person_close:another        | x  x  x  x  x  x  x  x  x  x  x  x  x  x  +  x  >  >
person_close:self           | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
person_reopen:closed        | x  x  x  x  x  x  x  x  x  x  x  x  x  x  +  x  >  >
role_grant:another          | x  x  x  x  x  x  x  x  x  x  x  x  x  x  +  x  >  >
role_grant:self             | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
role_end:another            | x  x  x  x  x  x  x  x  x  x  x  x  x  x  +  x  >  >
role_end:self               | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
delegation_grant:another    | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
delegation_grant:self       | x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  >  >
delegation_end:another      | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
scheme_list                 | x  x  x  x  .  .  .  .  x  x  x  x  .  .  .  x  >  >
scheme_detail               | x  x  x  x  .  .  .  .  x  x  x  x  .  .  .  x  >  >
scheme_new                  | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
scheme_paragraph_new        | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
scheme_paragraph_remove     | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
scheme_approve              | x  x  x  x  +  x  x  x  x  x  x  x  x  x  x  x  >  >
scheme_decline              | x  x  x  x  +  x  x  x  x  x  x  x  +  x  x  x  >  >
scheme_end                  | x  x  x  x  x  x  x  x  x  x  x  x  +  x  x  x  >  >
delegation_detail           | x  x  x  x  .  .  .  .  x  x  x  x  .  .  .  x  >  >
delegation_approve          | x  x  x  x  +  x  x  x  x  x  x  x  x  x  x  x  >  >
delegation_decline          | x  x  x  x  +  x  x  x  x  x  x  x  +  x  x  x  >  >
account_home                | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
mfa_index                   | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
mfa_list_webauthn           | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
usersessions_list           | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
account_set_up              | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
account_change_password     | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
account_login               | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  .  .
mfa_authenticate            | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
account_logout              | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  o  o
account_inactive            | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m
account_set_password        | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
account_reset_password      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
account_invitation          | g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g
account_reauthenticate      | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_reauthenticate          | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  >  >
mfa_reauthenticate_webauthn | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_activate_totp           | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_deactivate_totp         | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_add_webauthn            | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_edit_webauthn           | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_remove_webauthn         | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
mfa_view_recovery_codes     | m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  m  >  >
mfa_generate_recovery_codes | o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  >  >
"""
