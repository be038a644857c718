"""What is typed into the forms of the money, and sending it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from grants.models import Allocation
from tests.factories import grants, papers
from tests.pdfs import A_PDF

PDF = A_PDF


def the_day(name: str, days: int = 0) -> dict[str, Any]:
    """Return what is typed for a day, some days ago, in the boxes of a date."""
    day = grants.days_ago(days)
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def item(net: str = "100", **others: Any) -> dict[str, Any]:
    """Return what is typed for an item of spend."""
    return {
        "form_key": str(papers.a_key()),
        **the_day("received_on"),
        "stage": "actual",
        "payee": "Harbour Training Ltd",
        "purpose": "Training of analysts",
        "category": "training",
        "net": net,
        "is_vat_recovered": "yes",
        **others,
    }


def terms(limit: str = "1000", **others: Any) -> dict[str, Any]:
    """Return what is typed for the terms of an allocation."""
    return {
        "form_key": str(papers.a_key()),
        "limit": limit,
        "purpose": "The national centre",
        "charge": "revenue",
        "budget_holder": "Metropolitan Police Service",
        **the_day("period_start"),
        **the_day("period_end", -30),
        **others,
    }


def a_file(data: bytes = PDF, name: str = "invoice.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def send(client: Client, place: str, typed: dict[str, Any]) -> str:
    """Send a form, and return the page that comes of it."""
    response = client.post(place, typed, follow=True)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def spend_at(allocation: Allocation) -> str:
    return reverse("line_new", args=[allocation.slug])
