"""What the design promises and a reviewer cannot see: contrast, budgets, and that every name leads somewhere."""

import gzip
import re
import runpy
import subprocess
import sys

import pytest

from tests.support.sources import ROOT, relative, templates

STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")

#: Which ink stands on which ground, and the contrast it needs there (WCAG 2.2: text 4.5, outlines of controls 3).
PAIRS = [
    *[(ink, ground, 4.5) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "card", "raise")],
    ("ink-2", "sunk", 4.5),
    ("ink-3", "sunk", 4.5),
    *[("accent", ground, 4.5) for ground in ("paper", "card", "raise")],
    ("accent-strong", "accent-soft", 4.5),
    ("accent-ink", "accent", 4.5),
    ("accent-ink", "accent-strong", 4.5),
    *[(name, f"{name}-soft", 4.5) for name in ("official", "confirmed", "aging", "danger")],
    *[(ink, f"{name}-soft", 4.5) for name in ("official", "confirmed", "accent") for ink in ("ink", "ink-2")],
    ("ink-3", "accent-soft", 4.5),
    ("danger", "card", 4.5),
    ("line-3", "card", 3.0),
    *[("av-ink", f"av-{number}", 4.5) for number in range(10)],
]


def palette(block):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def blocks():
    """The day's palette, and the night's as it stands in the media query and under data-theme."""
    day = TOKENS[TOKENS.index(":root {") : TOKENS.index("@media (prefers-color-scheme: dark)")]
    system = TOKENS[TOKENS.index('[data-theme="light"]') : TOKENS.index(':root[data-theme="dark"]')]
    chosen = TOKENS[TOKENS.index(':root[data-theme="dark"]') : TOKENS.index("@media (min-width")]
    return palette(day), palette(system), palette(chosen)


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


#: What a rule may change because of what another element has in it: it stands on a page once.
ONCE = {".composer-draft", ".dock", ".toasts", ".toast--offer"}


def after_has(selector):
    """The parts of a selector that follow one with `:has()`."""
    while (flat := re.sub(r"\([^()]*?(:has)?[^()]*\)", r"\1", selector)) != selector:
        selector = flat
    parts = re.split(r"\s*[\s>+~]\s*", selector)
    having = next((at for at, part in enumerate(parts) if ":has" in part), len(parts))
    return parts[having + 1 :]


def test_no_rule_has_a_page_styled_anew():
    """After `* + *` browsers style everything in whatever something is put into or taken from: often the whole page.
    What follows any `:has()` they style anew wherever it stands, in all that any other `:has()` looks at."""
    rules = [each for path in (STATIC / "css").rglob("*.css") for each in selectors(path)]
    assert [each for each in rules if re.search(r"[+~]\s*[*:]", each)] == []
    assert {each: beyond for each in rules if (beyond := set(after_has(each)) - ONCE)} == {}


def test_pages_have_no_buttons_of_their_own():
    """Every button and link that looks like one comes from components/button.html; the bell has a number in it."""
    raw = re.compile(r"""<(?:a|button)[^>]*class="?(?:btn|icon-btn)[^>]*>""")
    own = {
        str(path.relative_to(TEMPLATES)): found
        for path in sorted(TEMPLATES.rglob("*.html"))
        if path.relative_to(TEMPLATES).parts[0] not in ("components", "styleguide")
        and (
            found := [
                each
                for each in raw.findall(path.read_text(encoding="utf-8"))
                if 'data-controller="bell"' not in each
            ]
        )
    }
    assert own == {}


@pytest.mark.parametrize("theme", ["day", "night"])
def test_text_can_be_read_on_every_ground(theme):
    day, night, _chosen = blocks()
    colours = day if theme == "day" else day | night
    faint = {
        f"{ink} on {ground}": round(value, 2)
        for ink, ground, needed in PAIRS
        if (value := contrast(colours[ink], colours[ground])) < needed
    }

    assert faint == {}


def test_both_ways_into_the_night_lead_to_the_same_palette():
    _day, system, chosen = blocks()

    assert system
    assert system == chosen


def test_the_one_style_sheet_is_what_its_parts_say():
    done = subprocess.run(
        [sys.executable, ROOT / "bin" / "styles", "--check"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_vendored_files_are_those_of_the_pins():
    vendor = runpy.run_path(str(ROOT / "bin" / "vendor"))

    assert vendor["differences"]() == []


def test_style_sheets_use_only_the_tokens_there_are():
    sheets = [*(STATIC / "css").glob("*/*.css"), STATIC / "css" / "base.css", STATIC / "css" / "tokens.css"]
    text = "".join(path.read_text(encoding="utf-8") for path in sheets)
    defined = set(re.findall(r"(--[\w-]+):", text))

    assert sorted(set(re.findall(r"var\((--[\w-]+)", text)) - defined) == []


def test_every_class_that_is_styled_is_used_somewhere():
    """What is put together of a name and a variable is known by what stands before the variable."""
    used = "".join(
        path.read_text(encoding="utf-8")
        for folder, kind in (
            ("templates", "html"),
            ("static/js", "js"),
            ("static/vendor", "js"),
            ("app", "py"),
        )
        for path in (ROOT / folder).rglob(f"*.{kind}")
    )
    words = set(re.findall(r"[\w-]+", used))
    styled = {
        name
        for path in [
            *(STATIC / "css").glob("*/*.css"),
            STATIC / "css" / "base.css",
            STATIC / "css" / "touch.css",
        ]
        for each in selectors(path)
        for name in names(each)
    }
    unused = {
        name
        for name in styled - words
        if not any(name.startswith(each) for each in words if each.endswith("--"))
    }

    assert unused == set()


def test_components_name_no_colour_of_their_own():
    """Photos are looked at in the dark whatever the theme, so their viewer and counter are black and white."""
    found = [
        f"{relative(path)}: {colour}"
        for path in [*(STATIC / "css").glob("*/*.css"), STATIC / "css" / "base.css"]
        if path.name != "glyphs.css"
        for colour in re.findall(r":[^;{]*?(#[0-9a-f]{3,8})\b", path.read_text(encoding="utf-8"))
        if colour != "#fff"
    ]

    assert found == []


def names(selector):
    return set(re.findall(r"\.([a-z][\w-]*)", selector))


#: Not one between brackets, which may hold others.
OUTER_COMMA = re.compile(r",(?![^()]*(?:\([^()]*\)[^()]*)*\))")


def selectors(path):
    """What stands before each block of a sheet, one selector at a time."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    blocks = re.findall(r"(?:^|[{};])\s*([^@{};]+)\{", text)
    return [one.strip() for block in blocks for one in re.split(OUTER_COMMA, block)]


#: Sheets of features that give a component another look in one place, each with its reason.
LOOKS_OF_ITS_OWN = {
    "thanks.css": "a certificate is printed without the page around it",
    "unsent.css": "the line that says one is offline counts what waits",
}


def test_features_leave_components_as_they_are():
    """A feature may place a component beside another one (`.card + .feed`) and style what is its own."""
    components = [*(STATIC / "css" / "components").glob("*.css"), STATIC / "css" / "base.css"]
    known = set().union(*(names(one) for path in components for one in selectors(path)))
    restyled = [
        f"{path.name}: {one}"
        for path in sorted((STATIC / "css" / "features").glob("*.css"))
        if path.name not in LOOKS_OF_ITS_OWN
        for one in selectors(path)
        if names(one) and names(one) <= known and "+" not in one
    ]

    assert restyled == []


def test_every_icon_used_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons" / "sprite.svg").read_text()))
    templates_used = {
        name
        for path in templates()
        for name in re.findall(r"\bicon\('([\w-]+)'", path.read_text(encoding="utf-8"))
    }
    scripts_used = {
        name
        for path in scripts()
        for name in re.findall(r'\bicon\("([\w-]+)"', path.read_text(encoding="utf-8"))
    }

    assert sorted((templates_used | scripts_used) - drawn) == []


def test_every_controller_that_is_asked_for_exists():
    asked = {
        name
        for path in templates()
        for value in re.findall(r"data-controller'?[=:]\s*[\"']([a-z -]+)", path.read_text(encoding="utf-8"))
        for name in value.split()
    }

    assert asked
    assert sorted(name for name in asked if not (STATIC / "js" / "controllers" / f"{name}.js").exists()) == []


def test_every_word_scripts_say_comes_with_the_page():
    given = set(
        re.findall(r"data-w-([\w-]+)=", (ROOT / "templates/layouts/_words.html").read_text(encoding="utf-8"))
    )
    text = "".join(path.read_text(encoding="utf-8") for path in scripts())
    said = {
        re.sub(r"[A-Z]", lambda letter: f"-{letter.group().lower()}", name)
        for name in re.findall(r'\bword\("(\w+)"\)', text)
    }

    assert said
    assert sorted(said - given) == []


def scripts():
    return sorted((STATIC / "js").rglob("*.js"))


#: What every page loads whatever it shows; everything else that is imported while running is loaded when it is needed.
ALWAYS = ("vendor/htmx/htmx.min.js", "vendor/socket.io-client/socket.io.esm.min.js", "js/main.js")


def with_imports(paths):
    """The files, and all that they import before they run."""
    found, waiting = set(), [path.resolve() for path in paths]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            imported = re.findall(r'(?:from|^import)\s*"(\.[^"]+)"', path.read_text(encoding="utf-8"), re.M)
            waiting += [(path.parent / target).resolve() for target in imported]
    return found


def test_the_scripts_of_the_home_page_stay_under_100_kilobytes():
    parts = [ROOT / "templates" / folder for folder in ("layouts", "components", "feed")]
    names = {
        name
        for path in templates()
        if any(path.is_relative_to(part) for part in parts)
        for value in re.findall(r"data-controller'?[=:]\s*[\"']([a-z -]+)", path.read_text(encoding="utf-8"))
        for name in value.split()
    }
    loaded = with_imports(
        [*(STATIC / each for each in ALWAYS), *(STATIC / "js/controllers" / f"{name}.js" for name in names)]
    )
    assert len(loaded) > 40
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in loaded) < 100_000


def test_scripts_import_only_files_that_are_there():
    missing = [
        f"{relative(path)}: {target}"
        for path in scripts()
        for target in re.findall(r'(?:from|import\()\s*"(\.[^"]+)"', path.read_text(encoding="utf-8"))
        if not (path.parent / target).resolve().exists()
    ]

    assert missing == []
