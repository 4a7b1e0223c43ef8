"""A digest as a paper, and as a mail (RFC 5322) with a plain and an HTML part."""

from datetime import UTC, date, datetime, time
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from hashlib import sha256
from quopri import encodestring

import comity
from comity.knowledge import Pack
from comity.publishing.labels import Labels
from comity.publishing.line_writer import LineWriter
from comity.publishing.lines import Paper, Part, Section
from comity.publishing.naming import first_name
from comity.publishing.paper_page import paper_page
from comity.publishing.paper_text import paper_text
from comity.tracking.digest import Digest

LISTED = 15


def digest_paper(digest: Digest, pack: Pack, writer: LineWriter, labels: Labels) -> Paper:
    """The paper in the language of the labels."""
    say = labels.say
    claims: dict[str, list[int]] = {}
    for number, (plan, _) in enumerate(digest.claims):
        claims.setdefault(writer.naming.plan(plan), []).append(number)
    figures = [
        part
        for plan, numbers in claims.items()
        for part in writer.part([writer.claim(digest.claims[number][1]) for number in numbers], LISTED, plan)
    ]
    sections: tuple[tuple[str, list[Part]], ...] = (
        ("claims", figures),
        ("contradictions", list(writer.first(digest.contradictions, writer.contradiction, LISTED))),
        ("events", list(writer.first(digest.happened, writer.occurrence, LISTED))),
        ("ahead", list(writer.first(digest.ahead, writer.occurrence, LISTED))),
        (
            "undertakings",
            [
                *writer.undertakings(digest.due, LISTED, say("digest_due")),
                *writer.undertakings(digest.undertaken, LISTED, say("digest_new_undertakings")),
            ],
        ),
        ("statements", list(writer.statements(digest.statements, LISTED))),
        ("documents", list(writer.first(digest.documents, writer.document, LISTED))),
    )
    name = first_name(pack.partnership.names, labels.language) or pack.partnership.id
    lead = [say("digest_nothing", since=labels.date(digest.since))]
    learned = bool(digest.documents or digest.deciders)
    if learned:
        documents, sources = labels.count("documents", len(digest.documents)), labels.count("sources", digest.families)
        lead = [say("digest_lead", documents=documents, sources=sources, day=labels.date(digest.as_of.isoformat()))]
    if digest.deciders:
        people = ", ".join(f"{who} {labels.number(count)}" for who, count in digest.deciders.items())
        lead.append(f"{say('digest_decisions')}: {say('digest_decided', n=labels.number(sum(digest.deciders.values())), people=people)}.")
    return Paper(
        language=labels.language,
        title=say("digest_title", partnership=name, since=labels.date(digest.since)),
        lead=tuple(lead),
        sections=tuple(
            Section(id=key, title=say(f"digest_{key}"), parts=tuple(parts), empty=say("digest_none"))
            for key, parts in sections
            if learned or parts  # a week with nothing new says so once
        ),
        foot=say("paper_made_by", version=comity.__version__, pack=pack.partnership.id),
    )


def digest_mail(paper: Paper, day: date, labels: Labels, *, sender: str, to: str | None) -> bytes:
    """The mail's bytes, the same for the same paper: a program that sends mail puts in the recipients where `to` names none."""
    text, page = paper_text(paper, labels), paper_page(paper, labels)
    mark = sha256(page.encode()).hexdigest()[:32]
    mail = MIMEMultipart("alternative", boundary=f"={mark}=")
    mail["From"] = sender
    if to:
        mail["To"] = to
    # Header, not EmailMessage: when that folds a subject with both plain and encoded words, it loses blanks between them (Python 3.11).
    mail["Subject"] = Header(paper.title, "utf-8", header_name="Subject").encode()
    mail["Date"] = format_datetime(datetime.combine(day, time(6), UTC))
    mail["Message-ID"] = f"<{mark}@comity>"
    mail["Content-Language"] = paper.language
    for content, kind in ((text, "plain"), (page, "html")):
        part = MIMEText("", kind, "utf-8")
        part.replace_header("Content-Transfer-Encoding", "quoted-printable")
        part.set_payload(_printable(content))
        mail.attach(part)
    return mail.as_bytes(policy=compat32.clone(linesep="\r\n"))


def _printable(content: str) -> str:
    """The text as quoted-printable, so that no line is too long for a mail."""
    return encodestring(content.encode()).decode("ascii")
