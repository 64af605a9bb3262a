"""What is read off a page of results."""


def said(pieces):
    """The text of pieces, with what was found and what was not."""
    return "".join(piece.text for piece in pieces)


def bodies(page):
    """The texts, in their order."""
    return [said(text.snippet) for text in page.texts]


def found(page):
    """The texts, whatever their order."""
    return sorted(bodies(page))


def names(page):
    """The people, by name."""
    return sorted(one.person.name for one in page.people)
