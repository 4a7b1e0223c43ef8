"""Who speaks through a verb that opens a sentence without a subject: the subject behind the comma.

"Cho rằng hội nghị chỉ là màn diễn, | David Axe đánh giá ...", "Noting the progress made, | Ms Tan urged ...". In come the page's subjects
and the verb; out comes the subject of the sentence's own verb, where grammar is sure of it.
"""

from comity.reading.cues import Cue, Found, Frame
from comity.reading.mentions import Form
from comity.reading.subject_words import Kind, Subject
from comity.reading.subjects import Subjects

MOST_AHEAD = 8
"""Verbs behind the first that are looked at."""


def fronted_subject(subjects: Subjects, cue: Found[Cue]) -> Subject | None:
    """The subject of the first verb behind a comma that has one; None where the verb opens no sentence, or no such verb follows."""
    layout, tokens = subjects.layout, subjects.tokens
    words = layout.sentence_words[tokens[cue.first].sentence]
    participles = subjects.words.participles
    if cue.first != words.start or cue.value.frame is Frame.SOURCE or (participles and not tokens[cue.first].folded.endswith(participles)):
        return None
    number = subjects.order[cue.first]
    for later in layout.cues[number + 1 : number + 1 + MOST_AHEAD]:
        if later.first >= words.stop:
            return None
        start = subjects.clause_start(later.first)
        if tokens[start - 1].text != "," or layout.quoted[later.first]:
            continue
        subject = subjects.before(later)
        if subject.kind in (Kind.PEOPLE, Kind.UNKNOWN):
            return subject
        mention = subject.mention
        if mention is not None and subject.sure and mention.form is not Form.GROUP and mention.outer_start <= tokens[start].end:
            return subject
    return None
