"""Colours are legible, and statuses differ for four kinds of eye and in both schemes (U3)."""

import itertools
import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[4] / "app" / "static" / "css" / "tokens.css"
PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\);")
STATUS = re.compile(r"^\.s-(\w+) \{ --c: (.*); --b: (.*); --l: (.*); \}$", re.MULTILINE)


def tokens() -> str:
    """Return the sheet with the colours of each status under names of their own."""
    named = r"--\1: \2; --\1-ground: \3; --\1-line: \4;"
    return STATUS.sub(named, TOKENS.read_text("utf-8"))


COLOURS: dict[str, tuple[str, str]] = {
    name: (light, dark) for name, light, dark in PAIR.findall(tokens())
}
SCHEMES = ("light", "dark")
STATUSES = ("todo", "ok", "part", "context", "conflict", "wrong", "unver", "outdated", "nocheck")
OVERLAY = "contest"
GROUNDS = ("paper", "paper2", "desk", "sunk")
TEXT, LINE, APART = 4.5, 3.0, 10.0

Rgb = tuple[float, float, float]
Matrix = tuple[Rgb, Rgb, Rgb]

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
VISION: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> Rgb:
    """Return the linear-light components (IEC 61966-2-1) of ``#RRGGBB``."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    bright = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(linear, (first, second))]
    return (max(bright) + 0.05) / (min(bright) + 0.05)


def seen(colour: str, matrix: Matrix) -> Rgb:
    """Return what an eye of that kind makes of a colour, in linear light."""
    light = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in matrix
    )
    return red, green, blue


def lab(light: Rgb) -> Rgb:
    """Return CIELAB (D65) of a linear RGB colour."""
    red, green, blue = light
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def hue(a: float, b: float) -> float:
    """Return a hue angle in degrees; 0 for a grey."""
    return math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0


def mean_hue(first: float, second: float, chroma: float) -> float:
    """Return the mean of two hue angles the short way round."""
    if not chroma:
        return first + second
    if abs(first - second) <= 180:
        return (first + second) / 2
    return (first + second + (360 if first + second < 360 else -360)) / 2


def difference(first: Rgb, second: Rgb) -> float:
    """Return CIEDE2000 (CIE 142-2001, after Sharma, Wu and Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2, h1, h2 = math.hypot(a1, b1), math.hypot(a2, b2), hue(a1, b1), hue(a2, b2)
    turn = 0.0 if not c1 * c2 else (h2 - h1 + 180) % 360 - 180
    d_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma, angle = (l1 + l2) / 2, (c1 + c2) / 2, mean_hue(h1, h2, c1 * c2)
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(k * math.cos(math.radians(n * angle + shift)) for k, n, shift in waves)
    s_light = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rotation = 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation *= -math.sin(math.radians(60 * math.exp(-(((angle - 275) / 25) ** 2))))
    dl, dc, dh = (l2 - l1) / s_light, (c2 - c1) / s_chroma, d_hue / s_hue
    return math.sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh)


def shown(name: str, scheme: str) -> str:
    """Return a token's colour in a scheme."""
    light, dark = COLOURS[name]
    return {"light": light, "dark": dark}[scheme]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_colour_difference_agrees_with_the_published_examples(
    first: Rgb, second: Rgb, expected: float
) -> None:
    assert difference(first, second) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["ink", "ink2", "ink3", "accent"])
def test_text_is_legible_on_every_ground(scheme: str, ground: str, text: str) -> None:
    assert contrast(shown(text, scheme), shown(ground, scheme)) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("text", ["ink", "ink2", "ink3", "accent"])
def test_text_is_legible_on_the_accent_ground(scheme: str, text: str) -> None:
    assert contrast(shown(text, scheme), shown("accent-ground", scheme)) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_on_the_accent_is_legible(scheme: str) -> None:
    assert contrast(shown("on-accent", scheme), shown("accent", scheme)) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("edge", ["edge", "focus"])
def test_edges_and_focus_rings_stand_out_on_every_ground(
    scheme: str, ground: str, edge: str
) -> None:
    assert contrast(shown(edge, scheme), shown(ground, scheme)) >= LINE


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("status", [*STATUSES, OVERLAY])
def test_a_status_is_legible_as_text_and_as_a_line(scheme: str, status: str) -> None:
    text, ground = shown(status, scheme), shown(f"{status}-ground", scheme)
    line = shown(f"{status}-line", scheme)
    paper, accent = shown("paper", scheme), shown("accent-ground", scheme)
    assert contrast(text, ground) >= TEXT
    assert contrast(text, paper) >= TEXT
    assert contrast(shown("ink", scheme), ground) >= TEXT
    assert contrast(shown("accent", scheme), ground) >= TEXT
    for behind in (paper, ground, accent):
        assert contrast(line, behind) >= LINE


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["desk", "sunk", "paper2"])
@pytest.mark.parametrize("status", [*STATUSES, OVERLAY])
def test_the_shape_of_a_status_stands_out_beside_the_text(
    scheme: str, ground: str, status: str
) -> None:
    assert contrast(shown(f"{status}-line", scheme), shown(ground, scheme)) >= LINE


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISION)
def test_any_two_statuses_differ_in_colour_for_every_kind_of_eye(scheme: str, vision: str) -> None:
    lines = {
        status: lab(seen(shown(f"{status}-line", scheme), VISION[vision]))
        for status in (*STATUSES, OVERLAY)
    }
    near = {
        (first, second): round(difference(lines[first], lines[second]), 1)
        for first, second in itertools.combinations(lines, 2)
        if difference(lines[first], lines[second]) < APART
    }
    assert near == {}


def test_u4_every_status_has_its_own_line_in_the_text() -> None:
    sheet = (TOKENS.parent / "article.css").read_text("utf-8")
    lines = {}
    for status in STATUSES:
        rule = re.search(rf"\.hl\.s-{status} \{{([^}}]*)\}}", sheet)
        assert rule is not None, status
        lines[status] = rule.group(1).strip()
    assert len(set(lines.values())) == len(STATUSES)


def test_u4_every_status_has_its_own_shape() -> None:
    sprite = (TOKENS.parents[1] / "img" / "icons.svg").read_text("utf-8")
    shapes = {
        status: re.search(rf'<symbol id="i-{status}"[^>]*>(.*?)</symbol>', sprite)
        for status in (*STATUSES, OVERLAY)
    }
    assert all(shapes.values()), shapes
    assert len({found.group(1) for found in shapes.values() if found}) == len(shapes)
