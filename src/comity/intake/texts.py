"""A file that holds one document to what was found in it: text, Markdown, HTML, PDF, DOCX."""

from comity.intake.assemble import Found
from comity.intake.decoding import decoded
from comity.intake.formats import Format, format_of_text
from comity.intake.front_matter import split_front_matter
from comity.intake.known import Known

ONE_DOCUMENT = (Format.TEXT, Format.MARKDOWN, Format.WEBPAGE, Format.PDF, Format.WORD)


def text_in(content: bytes, format: Format, *, name: str, is_named: bool) -> Found:
    """The file's text. Where no name told the format (`is_named`), a text may still turn out to be a page. Raises BadInputError."""
    # The readers are imported here: the extractors take half a second to load, and most files are text.
    if format in (Format.PDF, Format.WORD):
        from comity.intake.printed import pdf_text, word_text

        return pdf_text(content, name) if format is Format.PDF else word_text(content, name)
    text = decoded(content, name)
    if not is_named:
        format = format_of_text(text)
    if format is Format.WEBPAGE:
        return web_text(text, name)
    if format is Format.MARKDOWN:
        known, body = split_front_matter(text, name)
        return Found(text=text, known=known, body=body, is_file_text=True)
    return Found(text=text, is_file_text=True)


def web_text(html: str, name: str) -> Found:
    """The article of a page."""
    from comity.intake.webpage import article_of

    page = article_of(html, name)
    known = Known(title=page.title, publisher=page.publisher, published=page.published, source=page.source)
    return Found(text=page.text, known=known, captions=page.captions, head=page.head)
