"""Addresses of accounts and people.

allauth's views are named as it names them (its flows reverse those names), but only those that the
register has a use for: sign-up, e-mail addresses and mailed password links are not among them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.usersessions import views as usersessions
from django.conf import settings
from django.urls import URLPattern, path

from accounts.recording import never_replayed, recorded
from accounts.views import account as own
from accounts.views import delegations, handing_over, people, restorations, schemes
from accounts.views import single_sign_on as organisation

sign_in = [
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-in/code/", recorded(mfa.authenticate), name="mfa_authenticate"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/forgotten/", own.password_help, name="account_reset_password"),
    path("account/forgotten/", own.password_help, name="account_set_password"),
    path(
        "account/invitation/<str:uid>/<str:token>/",
        own.account_invitation,
        name="account_invitation",
    ),
]
own_account = [
    path("account/", own.account_home, name="account_home"),
    path("account/", own.account_home, name="mfa_index"),
    path("account/set-up/", own.account_set_up, name="account_set_up"),
    path("account/password/", recorded(account.password_change), name="account_change_password"),
    path("account/sessions/", usersessions.list_usersessions, name="usersessions_list"),
    path(
        "account/confirm/password/",
        never_replayed(account.reauthenticate),
        name="account_reauthenticate",
    ),
    path(
        "account/confirm/code/",
        never_replayed(recorded(mfa.reauthenticate)),
        name="mfa_reauthenticate",
    ),
    path(
        "account/confirm/passkey/",
        never_replayed(recorded(webauthn.reauthenticate_webauthn)),
        name="mfa_reauthenticate_webauthn",
    ),
]
factors = [
    path("account/app/add/", recorded(totp.activate_totp), name="mfa_activate_totp"),
    path("account/app/remove/", recorded(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/", own.account_home, name="mfa_list_webauthn"),
    path("account/passkeys/add/", recorded(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/rename/",
        recorded(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "account/passkeys/<int:pk>/remove/",
        recorded(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/recovery-codes/",
        recorded(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        recorded(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
people_pages = [
    path("people/", people.people_list, name="people_list"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("people/<int:pk>/name/", people.person_rename, name="person_rename"),
    path("people/<int:pk>/link/", people.person_invite, name="person_invite"),
    path("people/<int:pk>/second-factors/", restorations.person_restore, name="person_restore"),
    path(
        "people/second-factors/<int:pk>/confirm/",
        restorations.restoration_confirm,
        name="restoration_confirm",
    ),
    path(
        "people/second-factors/<int:pk>/decline/",
        restorations.restoration_decline,
        name="restoration_decline",
    ),
    path("people/<int:pk>/hand-over/", handing_over.person_hand_over, name="person_hand_over"),
    path("people/<int:pk>/close/", people.person_close, name="person_close"),
    path("people/<int:pk>/open/", people.person_reopen, name="person_reopen"),
    path("people/<int:pk>/roles/new/", people.role_grant, name="role_grant"),
    path("people/roles/<int:pk>/end/", people.role_end, name="role_end"),
    path("people/<int:pk>/delegations/new/", delegations.delegation_grant, name="delegation_grant"),
]
authority_pages = [
    path("authority/", schemes.scheme_list, name="scheme_list"),
    path("authority/schemes/new/", schemes.scheme_new, name="scheme_new"),
    path("authority/schemes/<int:pk>/", schemes.scheme_detail, name="scheme_detail"),
    path(
        "authority/schemes/<int:pk>/paragraphs/new/",
        schemes.scheme_paragraph_new,
        name="scheme_paragraph_new",
    ),
    path(
        "authority/paragraphs/<int:pk>/remove/",
        schemes.scheme_paragraph_remove,
        name="scheme_paragraph_remove",
    ),
    path("authority/schemes/<int:pk>/approve/", schemes.scheme_approve, name="scheme_approve"),
    path("authority/schemes/<int:pk>/decline/", schemes.scheme_decline, name="scheme_decline"),
    path("authority/schemes/<int:pk>/end/", schemes.scheme_end, name="scheme_end"),
    path(
        "authority/delegations/<int:pk>/", delegations.delegation_detail, name="delegation_detail"
    ),
    path(
        "authority/delegations/<int:pk>/approve/",
        delegations.delegation_approve,
        name="delegation_approve",
    ),
    path(
        "authority/delegations/<int:pk>/decline/",
        delegations.delegation_decline,
        name="delegation_decline",
    ),
    path("authority/delegations/<int:pk>/end/", delegations.delegation_end, name="delegation_end"),
]
single_sign_on = [
    path(
        "account/organisation/",
        organisation.single_sign_on,
        {"provider_id": "organisation"},
        name="openid_connect_login",
    ),
    path(
        "account/organisation/back/",
        organisation.single_sign_on_back,
        {"provider_id": "organisation"},
        name="openid_connect_callback",
    ),
    path("account/organisation/unknown/", social.signup, name="socialaccount_signup"),
    path(
        "account/organisation/cancelled/",
        social.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
]

urlpatterns: list[URLPattern] = [
    *sign_in,
    *own_account,
    *factors,
    *people_pages,
    *authority_pages,
]
if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += single_sign_on
