"""Who "we" are in the events of a text that several issue: "Today, we are issuing a Statement of Principles".

In: a page and its mentions. Out: the mentions with one of the issuers wherever the text says "we" outside quotation marks and tells who
they are. Only events look at them: in what is said and undertaken the issuers are found before.
"""

from comity.reading.commitment_words import commitment_words
from comity.reading.layout import layout_of
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.page import Page
from comity.reading.signatories import signatories_of
from comity.reading.subject_words import subject_phrases
from comity.records import ActorType


def with_issuers(page: Page, mentions: Mentions, parties: Mentions) -> Mentions:
    """`parties`, which are `mentions` and more, with those who issue the page as "we"."""
    layout = layout_of(page, mentions)
    issuers = signatories_of(page, layout).speaking
    if not issuers:
        return parties
    firsts = {words.split()[0] for words in subject_phrases(page.language).selves}
    we = firsts.intersection(commitment_words(page.language).we)
    found = [
        Mention(
            start=token.start,
            end=token.end,
            outer_start=token.start,
            outer_end=token.end,
            actors=issuers,
            type=ActorType.ORGANISATION,
            form=Form.PRONOUN,
        )
        for token, quoted in zip(layout.tokens, layout.quoted, strict=True)
        if token.folded in we and not quoted
    ]
    return Mentions([*parties.all, *found], parties.offices, parties.genders)
