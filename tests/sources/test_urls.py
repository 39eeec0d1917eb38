"""An address is either fit for everybody and spelled one way, or refused with the reason.

url-01 url-02 url-03 url-08 url-09 url-11 url-12 url-14
"""

import pytest

from sources.errors import Refused
from sources.urls import LONGEST, canonical, host_of, spellings


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" HTTPS://WWW.Example.com:443/News?b=2&a=1#top ", "https://www.example.com/News?b=2&a=1"),
        ("http://example.com", "http://example.com/"),
        ("http://example.com.:80/a", "http://example.com/a"),
        ("https://例子.中国/路径", "https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF%E5%BE%84"),
        ("https://example.com/a?utm_source=x&id=7&fbclid=y", "https://example.com/a?id=7"),
        # What a site wrote in GBK, or without a value, leads on to the same page.
        ("http://example.cn/s?q=%D6%D0&a;b&spm=1", "http://example.cn/s?q=%D6%D0&a;b"),
        ("https://example.com/a?id=7&x=%20", "https://example.com/a?id=7&x=%20"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("https://8.8.8.8/x", "https://8.8.8.8/x"),
        ("https://[2001:4860:4860:0::8888]/", "https://[2001:4860:4860::8888]/"),
        ("https://fa\u00df.de/", "https://xn--fa-hia.de/"),
        ("https://FA\u1e9e.de/", "https://xn--fa-hia.de/"),
        ("https://fass.de/", "https://fass.de/"),
        ("https://\u03bf\u03b4\u03bf\u03c2.gr/", "https://xn--pxavbm.gr/"),
        ("https://\u039f\u0394\u039f\u03a3.gr/", "https://xn--pxavbq.gr/"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    assert canonical(typed) == kept
    assert canonical(kept) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("javascript:alert(1)", "url_scheme"),
        ("JavaScript://example.com/%0Aalert(1)", "url_scheme"),
        ("data:text/html,<script>", "url_scheme"),
        ("vbscript:x", "url_scheme"),
        ("file:///etc/passwd", "url_scheme"),
        ("ftp://example.com/", "url_scheme"),
        ("//example.com/", "url_scheme"),
        ("example.com", "url_scheme"),
        ("https://user:pass@example.com/", "url_userinfo"),
        ("http://good@127.0.0.1/", "url_userinfo"),
        ("http://good\\@evil/", "url_characters"),
        ("http://exam ple.com/", "url_characters"),
        ("http://example.com/\r\nSet-Cookie:x", "url_characters"),
        ("http://example.com/\x00", "url_characters"),
        ("http://example.com/\u202ecod.exe", "url_characters"),
        ("http://example\uff0ecom/", "url_host"),
        ("http://%31%32%37.0.0.1/", "url_host"),
        ("http://127.1/", "url_host"),
        ("http://2130706433/", "url_host"),
        ("http://0x7f000001/", "url_host"),
        ("http://0177.0.0.1/", "url_host"),
        ("http:///path", "url_host"),
        ("http://a..b/", "url_host"),
        ("http://127.0.0.1/", "url_inner"),
        ("http://[::1]/", "url_inner"),
        ("http://[::ffff:127.0.0.1]/", "url_inner"),
        ("http://[fd00:ec2::254]/", "url_inner"),
        ("http://169.254.169.254/", "url_inner"),
        ("http://LOCALHOST./", "url_inner"),
        ("http://metadata.google.internal/", "url_inner"),
        ("http://example.com:22/", "url_port"),
        ("http://example.com:6379/", "url_port"),
        ("http://example.com:99999/", "url_form"),
        ("http://[::", "url_form"),
        ("http://[v1.example.com]/", "url_host"),
        ("http://[2606:4700::1]x/", "url_host"),
        ("http://::1/", "url_form"),
        ("http://example.com/\udcff", "url_characters"),
        ("http://example.com/?utm_source=a&b=\ud800", "url_characters"),
        ("https://example.com/" + "a" * LONGEST, "url_long"),
    ],
)
def test_an_unfit_address_is_refused_at_its_field_with_the_reason(typed: str, code: str) -> None:
    with pytest.raises(Refused) as problem:
        canonical(typed)
    assert problem.value.code == code
    assert problem.value.field == "url"
    assert set(problem.value.message) == {"zh", "en"}


def test_an_address_on_record_is_found_under_its_other_spellings() -> None:
    found = spellings("https://www.example.com/a/")
    assert {
        "http://example.com/a",
        "https://www.example.com/a",
        "http://www.example.com/a/",
    } < found


def test_the_host_a_reader_recognises_has_no_www() -> None:
    assert host_of("https://www.example.com/a") == "example.com"
    assert host_of(None) is None
