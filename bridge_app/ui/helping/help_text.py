"""What a page of the help looks like: Qt reads the Markdown, and the theme's looks are put on."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from bridge_app.ui.helping.help_book import anchor_of
from bridge_app.ui.theme import Theme
from bridge_app.ui.tokens import Tokens

SCALE = {1: 1.7, 2: 1.35, 3: 1.12}
"""How much larger than the text a heading is."""
LINE_PERCENT = 135.0
PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def fill(document: QTextDocument, markdown: str, theme: Theme) -> None:
    """Show Markdown in a document."""
    document.setDefaultFont(theme.font(theme.tokens.font_px.strong - 1))
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    document.setDocumentMargin(theme.tokens.space.xl)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for block in blocks(document):
        _dress(cursor, block, theme)
    cursor.endEditBlock()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame, theme.tokens)


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """Its paragraphs, headings, rows of code and cells."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def heading(document: QTextDocument, anchor: str) -> QTextBlock | None:
    """The heading that is linked by a name."""
    for block in blocks(document):
        if block.blockFormat().headingLevel() and anchor_of(block.text()) == anchor:
            return block
    return None


def _dress(cursor: QTextCursor, block: QTextBlock, theme: Theme) -> None:
    shape, letters, tokens = QTextBlockFormat(), QTextCharFormat(), theme.tokens
    level, size = block.blockFormat().headingLevel(), theme.tokens.font_px.strong - 1
    is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
    if level:
        shape.setTopMargin(tokens.space.xl if level > 1 else 0)
        shape.setBottomMargin(tokens.space.s)
        letters.setFont(theme.font(round(size * SCALE.get(level, 1.0)), QFont.Weight.DemiBold))
        letters.setForeground(tokens.text)
    elif is_code:
        shape.setBackground(tokens.hover)
        shape.setLeftMargin(tokens.space.s)
        letters.setFontFamilies(_fixed())
    else:
        if not _has_picture(block):
            shape.setLineHeight(LINE_PERCENT, PROPORTIONAL)
        in_list = block.textList() is not None
        shape.setBottomMargin(tokens.space.xs if in_list else tokens.space.s)
    cursor.setPosition(block.position())
    cursor.mergeBlockFormat(shape)
    if level or is_code:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)
    else:
        _dress_words(cursor, block, theme)


def _has_picture(block: QTextBlock) -> bool:
    return "\ufffc" in block.text()


def _dress_words(cursor: QTextCursor, block: QTextBlock, theme: Theme) -> None:
    """Code among words, and links."""
    code, link = QTextCharFormat(), QTextCharFormat()
    code.setFontFamilies(_fixed())
    code.setBackground(theme.tokens.hover)
    link.setForeground(theme.tokens.link)
    places = []
    parts = block.begin()
    while not parts.atEnd():
        part = parts.fragment()
        if part.charFormat().isAnchor():
            places.append((part.position(), part.length(), link))
        elif part.charFormat().fontFixedPitch():
            places.append((part.position(), part.length(), code))
        parts += 1
    for begin, length, look in places:
        cursor.setPosition(begin)
        cursor.setPosition(begin + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def _dress_table(table: QTextTable, tokens: Tokens) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QBrush(tokens.border))
    shape.setBorderCollapse(True)
    shape.setCellPadding(tokens.space.s)
    shape.setCellSpacing(0)
    shape.setTopMargin(tokens.space.s)
    shape.setBottomMargin(tokens.space.m)
    shape.setAlignment(Qt.AlignmentFlag.AlignLeft)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        look = cell.format()
        look.setBackground(tokens.hover)
        cell.setFormat(look)


def _fixed() -> list[str]:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families()
