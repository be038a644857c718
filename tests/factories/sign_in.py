"""Signing in: people with an authenticator app, and the codes it shows."""

import time

from django.http import HttpRequest
from django.test import Client

from accounts import second_factor
from accounts.actions import accept_invitation, enrol_app, invite_user
from accounts.models import User
from audit.acts import SYSTEM
from tests.factories.memory import remembered

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "a-long-enough-password"


@remembered
def give_app(user: User) -> User:
    """Give a person an authenticator app, once, and return the person."""
    if second_factor.app_of(user) is None:
        enrol_app(user=user, secret=SECRET, by=SYSTEM)
    return user


@remembered
def give_password(user: User) -> User:
    """Give a person the password, and return the person."""
    token = invite_user(user=user, by=SYSTEM)
    accept_invitation(user=user, token=token, password=PASSWORD, by=user)
    return User.objects.get(pk=user.pk)


def code(steps: int = 0) -> str:
    """Return the code of the present half minute, or of one some steps later."""
    return second_factor.code_at(SECRET, int(time.time()) // second_factor.PERIOD + steps)


def client_of(user: User) -> Client:
    """Return a client in which a person with an app is signed in."""
    client = Client()
    client.force_login(give_app(user))
    return client


def request_of(user: User) -> HttpRequest:
    """Return a request to send a form, as a signed-in person makes it."""
    request = HttpRequest()
    request.method = "POST"
    request.META |= {"REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.user = user
    request.session = Client().session
    return request
