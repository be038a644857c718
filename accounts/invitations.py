"""The address of the page on which an invited person sets a password."""

from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from accounts.models import User


def invitation_path(person: User, token: str) -> str:
    """Return the path of the page for a person and the token that ``invite_user`` returned."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("account_invitation", kwargs={"uid": uid, "token": token})


def invited(uid: str) -> User | None:
    """Return the person of such a path, if they are there and their account is open."""
    try:
        key = int(force_str(urlsafe_base64_decode(uid)))
    except ValueError:
        return None
    return User.objects.active().filter(pk=key).first()
