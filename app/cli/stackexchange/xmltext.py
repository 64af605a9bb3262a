"""XML as dumps really carry it: with a byte-order mark, broken UTF-8 and characters that XML forbids."""

import codecs
import re
from typing import BinaryIO

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: Tabs and line ends are by far the most frequent references and always legal, so they are passed over.
_REFERENCE = re.compile(r"&#(?!xA;|xD;|x9;)(x[0-9A-Fa-f]{1,8}|[0-9]{1,10});")
_LONGEST_REFERENCE = len("&#1234567890;")


class LegalXml:
    """A file opened in binary, read as text that an XML parser accepts.

    UTF-8 with or without a byte-order mark, and UTF-16 with one. Bytes, characters and character references
    that may not stand in XML become U+FFFD; `replaced` counts them. Memory: one block.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder: codecs.IncrementalDecoder | None = None
        self._held = ""
        self.replaced = 0

    def read(self, size: int = 1 << 16) -> str:
        """The next block of text; an empty string at the end. `size` is in bytes and approximate."""
        while True:
            block = self._file.read(size)
            text = self._held + self._decode(block)
            self._held = ""
            if block:
                ampersand = text.rfind("&", -_LONGEST_REFERENCE)
                if ampersand >= 0 and ";" not in text[ampersand:]:
                    text, self._held = text[:ampersand], text[ampersand:]
            if text or not block:
                return self._legal(text)

    def _decode(self, block: bytes) -> str:
        if self._decoder is None:
            utf16 = block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            self._decoder = codecs.getincrementaldecoder("utf-16" if utf16 else "utf-8-sig")(errors="replace")
        text = self._decoder.decode(block, final=not block)
        self.replaced += text.count(REPLACEMENT)
        return text

    def _legal(self, text: str) -> str:
        text, forbidden = _FORBIDDEN.subn(REPLACEMENT, text)
        self.replaced += forbidden
        return _REFERENCE.sub(self._legal_reference, text) if "&#" in text else text

    def _legal_reference(self, reference: re.Match[str]) -> str:
        digits = reference[1]
        point = int(digits[1:], 16) if digits[0] == "x" else int(digits)
        legal = (
            point in (0x9, 0xA, 0xD)
            or 0x20 <= point <= 0xD7FF
            or 0xE000 <= point <= 0xFFFD
            or 0x10000 <= point <= 0x10FFFF
        )
        if legal:
            return reference[0]
        self.replaced += 1
        return REPLACEMENT
