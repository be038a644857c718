"""Addresses of the audit trail."""

from django.urls import path

from audit.views.ledger import audit_entry, audit_list, audit_verify

urlpatterns = [
    path("", audit_list, name="audit_list"),
    path("verify/", audit_verify, name="audit_verify"),
    path("<int:seq>/", audit_entry, name="audit_entry"),
]
