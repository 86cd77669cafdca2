from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import protocols, remarks, signatures

PROTOCOL = ELECTION + "protocol/"
VERSION = PROTOCOL + "<int:version>/"

urlpatterns = [
    path(PROTOCOL, protocols.protocol, name="protocol"),
    path(PROTOCOL + "new/", protocols.draw_up, name="protocol_draw_up"),
    path(PROTOCOL + "draft/", protocols.draft, name="protocol_draft"),
    path(VERSION, protocols.version, name="protocol_version"),
    path(
        VERSION + "internal/<slug:language>/<slug:form>/",
        protocols.internal_file,
        name="protocol_internal_file",
    ),
    path(
        VERSION + "public/<slug:language>/<slug:form>/",
        protocols.public_file,
        name="protocol_public_file",
    ),
    path(VERSION + "sign/", signatures.sign, name="protocol_sign"),
    path(VERSION + "paper/<int:number>/", signatures.on_paper, name="protocol_sign_paper"),
    path(VERSION + "absence/<int:number>/", signatures.absence, name="protocol_absence"),
    path(VERSION + "scans/<int:number>/", signatures.scan, name="protocol_scan"),
    path(ELECTION + "remarks/", remarks.remarks, name="remarks"),
    path(ELECTION + "remarks/new/", remarks.new, name="remark_new"),
    path(PUBLIC_ELECTION + "protocol/", protocols.public, name="public_protocol"),
    path(
        PUBLIC_ELECTION + "protocol/<slug:language>/",
        protocols.public_pdf,
        name="public_protocol_file",
    ),
]
