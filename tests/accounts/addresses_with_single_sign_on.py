"""The register's addresses as they are where single sign-on is set up."""

from accounts.urls import single_sign_on
from config import urls

urlpatterns = [*single_sign_on, *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
