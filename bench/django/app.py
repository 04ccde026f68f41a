"""Creates a client key with Django REST framework, written as usual in that framework: token authentication, a look-up of
the project, a serializer that validates, a model that is saved in autocommit.

    BENCH_PG_PORT=... BENCH_DB=... gunicorn -w 2 app:application
"""
import os
import secrets
from hashlib import sha256

from django.conf import settings

settings.configure(
    SECRET_KEY=secrets.token_hex(32),
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": "localhost",
            "PORT": os.environ["BENCH_PG_PORT"],
            "NAME": os.environ["BENCH_DB"],
            "USER": "countersign",
            "CONN_MAX_AGE": None,
        }
    },
    REST_FRAMEWORK={"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]},
)

import django

django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import authentication, exceptions, permissions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class ApiKey(models.Model):
    key_hash = models.BinaryField()
    active = models.BooleanField()
    organization_id = models.BigIntegerField()

    class Meta:
        app_label, db_table, managed = "bench", "api_key", False


class Organization(models.Model):
    slug = models.CharField(max_length=50)

    class Meta:
        app_label, db_table, managed = "bench", "organization", False


class Project(models.Model):
    slug = models.CharField(max_length=100)
    organization = models.ForeignKey(Organization, models.CASCADE)

    class Meta:
        app_label, db_table, managed = "bench", "project", False


class ProjectKey(models.Model):
    organization_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE)
    label = models.CharField(max_length=64)
    public_key = models.CharField(max_length=32, default=lambda: secrets.token_hex(16))
    secret_key = models.CharField(max_length=32, default=lambda: secrets.token_hex(16))
    active = models.BooleanField(default=True)
    browser_sdk_version = models.CharField(max_length=10, default="10.x")
    has_replay = models.BooleanField(default=True)
    has_performance = models.BooleanField(default=True)
    has_debug = models.BooleanField(default=False)
    has_feedback = models.BooleanField(default=False)
    has_logs_and_metrics = models.BooleanField(default=False)
    use_case = models.CharField(max_length=16, default="user")
    date_added = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=80, default="django")

    class Meta:
        app_label, db_table, managed = "bench", "project_key", False


class KeyAuthentication(authentication.BaseAuthentication):
    def authenticate(self, request):
        word, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        key = ApiKey.objects.filter(key_hash=sha256(token.encode()).digest(), active=True).first()
        if word != "Bearer" or key is None:
            raise exceptions.AuthenticationFailed()
        return key, key

    def authenticate_header(self, request):
        return "Bearer"


class HasKey(permissions.BasePermission):
    def has_permission(self, request, view):
        return isinstance(request.auth, ApiKey)


class NewKey(serializers.Serializer):
    name = serializers.CharField(max_length=64, required=False)


def present(key):
    base, public, secret = "https://ingest.example.com", key.public_key, key.secret_key
    api = f"{base}/api/{key.project_id}/"
    return {
        "id": public, "name": key.label, "label": key.label, "public": public, "secret": secret,
        "projectId": key.project_id, "isActive": key.active, "rateLimit": None,
        "dsn": {
            "secret": f"https://{public}:{secret}@ingest.example.com/{key.project_id}",
            "public": f"https://{public}@ingest.example.com/{key.project_id}",
            "csp": f"{api}csp-report/?sentry_key={public}", "security": f"{api}security/?sentry_key={public}",
            "minidump": f"{api}minidump/?sentry_key={public}", "nel": f"{api}nel/?sentry_key={public}",
            "unreal": f"{api}unreal/{public}/", "crons": f"{api}cron/___MONITOR_SLUG___/{public}/",
            "cdn": f"{base}/js-sdk-loader/{public}.min.js", "playstation": f"{api}playstation/?sentry_key={public}",
            "integration": f"{api}integration/", "otlp_traces": f"{api}integration/otlp/v1/traces",
            "otlp_logs": f"{api}integration/otlp/v1/logs",
        },
        "browserSdkVersion": key.browser_sdk_version,
        "browserSdk": {"choices": [[v, v] for v in ("10.x", "9.x", "8.x", "7.x")]},
        "dateCreated": key.date_added,
        "dynamicSdkLoaderOptions": {
            "hasReplay": key.has_replay, "hasPerformance": key.has_performance, "hasDebug": key.has_debug,
            "hasFeedback": key.has_feedback, "hasLogsAndMetrics": key.has_logs_and_metrics,
        },
    }


class Keys(APIView):
    authentication_classes = [KeyAuthentication]
    permission_classes = [HasKey]

    def project(self, request, organization, project):
        found = get_object_or_404(Project.objects.select_related("organization"), slug=project,
                                  organization__slug=organization)
        if found.organization_id != request.auth.organization_id:
            raise exceptions.PermissionDenied()
        return found

    def post(self, request, organization, project):
        found = self.project(request, organization, project)
        body = NewKey(data=request.data)
        body.is_valid(raise_exception=True)
        key = ProjectKey.objects.create(project=found, organization_id=found.organization_id,
                                        label=body.validated_data.get("name", "Quiet Heron"))
        return Response(present(key), status=201)

    def get(self, request, organization, project):
        found = self.project(request, organization, project)
        return Response([present(key) for key in ProjectKey.objects.filter(project=found).order_by("-id")[:100]])


class Key(Keys):
    def get(self, request, organization, project, key):
        found = self.project(request, organization, project)
        return Response(present(get_object_or_404(ProjectKey, public_key=key, project=found)))


urlpatterns = [
    path("api/0/projects/<organization>/<project>/keys/", Keys.as_view()),
    path("api/0/projects/<organization>/<project>/keys/<key>/", Key.as_view()),
]
application = get_wsgi_application()
