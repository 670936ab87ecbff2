from pathlib import Path

import pytest

from podcast.errors import SetupError
from translation.prompting.prompt_profiles import (
    PACKAGED,
    PromptProfile,
    parse_profile,
    profile_for,
)

FILES = [file for file in PACKAGED.iterdir() if file.name.endswith(".toml")]
PLAIN = 'version = 1\nmodels = ["*"]\n[texts]\nuser = "$rows"\n'


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("qwen2.5:7b-instruct", "qwen"),
        ("Qwen/Qwen3-8B", "qwen"),
        ("/models/gemma-3-12b-it-Q4_K_M.gguf", "gemma"),
        ("translategemma:4b", "translategemma-ollama"),
        ("translategemma-12b-it-Q4_K_M.gguf", "translategemma"),
        ("tencent/Hy-MT2-7B", "hy-mt"),
        ("hunyuan-mt-7b", "hy-mt"),
        ("mistral-small", "generic"),
    ],
)
def test_a_model_is_asked_in_the_way_of_its_family(model: str, name: str) -> None:
    assert profile_for(model).name == name


def test_a_folder_of_ones_own_goes_first(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(PLAIN.replace("*", "qwen*"), encoding="utf-8")

    assert profile_for("qwen3:4b", tmp_path).name == "mine"
    assert profile_for("gemma-3", tmp_path).name == "gemma"


def test_a_profile_is_named_by_its_version_and_its_content() -> None:
    one, other = parse_profile(PLAIN, "mine.toml"), parse_profile(f"{PLAIN}\n", "mine.toml")

    assert one.label.startswith("mine 1 (")
    assert one.label != other.label
    assert hash(one) != hash(other)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version = ", "mine.toml is no TOML file"),
        (f"rowz = 3\n{PLAIN}", "unknown key 'rowz'"),
        (f"{PLAIN}sytem = ''", "unknown key 'sytem'"),
        (PLAIN.replace("1", '"one"'), "mine.toml: version: "),
        (PLAIN.replace("$rows", "$row"), r"texts\.user asks for what there is not: row\."),
        (PLAIN.replace("$rows", "5 $"), r"texts\.user asks for what there is not: a lone \$\."),
        (f'answer = "text"\nrows = 3\n{PLAIN}', "rows is 3. With answer = 'text', set 1 to 1"),
        (f"rows = 500\n{PLAIN}", "rows is 500"),
    ],
)
def test_a_file_that_is_no_profile_says_where(text: str, message: str) -> None:
    with pytest.raises(SetupError, match=message):
        parse_profile(text, "mine.toml")


def test_a_row_alone_is_asked_for_in_plain_words_where_the_profile_has_them() -> None:
    rows = "rows = 9\nbefore = 3\nafter = 1\nmends = true\n" + PLAIN
    in_words = parse_profile(f'{rows}alone = "Say $rows"', "mine.toml").alone()
    again = parse_profile(rows, "mine.toml").alone()

    assert (in_words.answer, in_words.texts.user) == ("text", "Say $rows")
    assert (again.answer, again.texts.user) == ("rows", "$rows")
    assert not any((in_words.before, in_words.after, again.before, again.after))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no folder of prompt profiles at"):
        profile_for("qwen", tmp_path / "none")


@pytest.mark.parametrize("profile", [parse_profile(f.read_text("utf-8"), f.name) for f in FILES])
def test_families_that_think_are_told_not_to(profile: PromptProfile) -> None:
    thinks = profile.name in {"qwen", "gemma"}

    assert thinks == ("enable_thinking" in str(profile.request))
