"""What money is spent on, as funders cap it."""

from django.db import models


class Category(models.TextChoices):
    """What the money is spent on."""

    STAFF = "staff", "Staff"
    OVERTIME = "overtime", "Overtime"
    TRAINING = "training", "Training"
    EQUIPMENT = "equipment", "Equipment"
    SOFTWARE = "software", "Software and licences"
    SERVICES = "services", "Services"
    TRAVEL = "travel", "Travel and subsistence"
    GRANT_PAYMENT = "grant_payment", "Grant payment"
    OTHER = "other", "Other"


def category_name(category: str) -> str:
    """Return what people call what is set apart for a category, or for none."""
    return Category(category).label.lower() if category else "what is not set apart"
