"""Who "we" and "I" are in the events of a text: "Today, we are issuing a Statement of Principles", "I met with the Chancellor".

In: a page and its mentions. Out: the mentions with one of the issuers wherever a text that several issue says "we", and one of whoever
has the turn wherever a transcript or a speech says "I", each outside quotation marks and where the text tells who they are. Only events
look at them: in what is said and undertaken the speakers are found before.
"""

from collections.abc import Iterator

from comity.reading.commitment_words import commitment_words
from comity.reading.layout import Layout, layout_of
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.page import Page, Token
from comity.reading.signatories import signatories_of
from comity.reading.subject_words import subject_phrases
from comity.reading.turns import turns_of
from comity.records import ActorId, ActorType


def with_issuers(page: Page, mentions: Mentions, parties: Mentions) -> Mentions:
    """`parties`, which are `mentions` and more, with those who issue the page as "we" and those who speak in it as "I"."""
    layout = layout_of(page, mentions)
    found = [*_issuers(page, layout, mentions), *_speakers(page, layout, mentions)]
    return Mentions([*parties.all, *found], parties.offices, parties.genders) if found else parties


def _issuers(page: Page, layout: Layout, mentions: Mentions) -> Iterator[Mention]:
    issuers = signatories_of(page, layout).speaking
    if not issuers:
        return
    firsts = {words.split()[0] for words in subject_phrases(page.language).selves}
    we = firsts.intersection(commitment_words(page.language).we)
    for token, quoted in zip(layout.tokens, layout.quoted, strict=True):
        if token.folded in we and not quoted:
            yield _pronoun(token, issuers, ActorType.ORGANISATION)


def _speakers(page: Page, layout: Layout, mentions: Mentions) -> Iterator[Mention]:
    turns = turns_of(page, layout, mentions)
    if not turns.all:
        return
    me = subject_phrases(page.language).selves.intersection(commitment_words(page.language).me)
    for token, quoted in zip(layout.tokens, layout.quoted, strict=True):
        turn = turns.of(token.sentence) if not quoted and token.folded.replace("’", "'").partition("'")[0] in me else None
        if turn is not None and turn.speaker:
            yield _pronoun(token, turn.speaker, ActorType.PERSON)


def _pronoun(token: Token, actors: tuple[ActorId, ...], of: ActorType) -> Mention:
    return Mention(
        start=token.start,
        end=token.end,
        outer_start=token.start,
        outer_end=token.end,
        actors=actors,
        type=of,
        form=Form.PRONOUN,
    )
