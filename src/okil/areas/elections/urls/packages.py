from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE, ELECTION
from okil.areas.elections.views import packages

PACKAGE = ELECTION + "package/"
VERSION = PACKAGE + "<int:version>/"

urlpatterns = [
    path(PACKAGE, packages.package, name="package"),
    path(PACKAGE + "make/", packages.build, name="package_build"),
    path(VERSION + "download/", packages.download, name="package_download"),
    path(VERSION + "check/", packages.check, name="package_check"),
    path(CYCLE + "packages/", packages.packages, name="packages"),
]
