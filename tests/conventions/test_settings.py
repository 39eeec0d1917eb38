"""Every setting is in .env.example, and .env.example shows no setting that nothing reads."""

from tests.conventions import rules, tree


def test_a_setting_is_found_where_it_is_read_and_where_it_is_shown() -> None:
    assert rules.settings_read('"""Reads DESK_X."""\nx = read.text("DESK_HOME")') == {"DESK_HOME"}
    assert rules.settings_documented("# DESK_NO is prose\n#DESK_A=\nDESK_B=1\n") == {
        "DESK_A",
        "DESK_B",
    }


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    read = rules.settings_read((tree.ROOT / "app" / "config.py").read_text(encoding="utf-8"))
    example = (tree.ROOT / ".env.example").read_text(encoding="utf-8")
    assert read
    assert rules.settings_documented(example) == read
