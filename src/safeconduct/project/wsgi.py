"""The application a server calls."""

from django.core.wsgi import get_wsgi_application

from safeconduct.project import logs

logs.set_up()
application = get_wsgi_application()
