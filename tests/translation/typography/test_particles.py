"""Korean particles take the form that the sound before them wants, after Latin words too."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.training import grammar
from translation.typography.particles import (
    OBJECT,
    POLITE,
    SUBJECT,
    TOPIC,
    TOWARDS,
    WITH,
    ParticlePair,
    fix_particles,
    particle,
    refit,
)

# Words by how Koreans say them. To keep the table short, a comma stands between them.
IN_A_VOWEL = (
    "Gemma, DeepMind, Android, Kubernetes, Linux, Windows, macOS, Docker, GitHub, Netflix, "
    "Microsoft, PyTorch, CUDA, OpenAI, ChatGPT, GPT-4o, Ollama, Claude, NVIDIA, AMD, Rust, "
    "JavaScript, Swift, cache, code, Space, prompt, network, link, bug, loop, help, light, "
    "test, week, weekend, break, talk, task, check, sync, image, software, server, Drive, "
    "interface, Stripe, recipe, theme, hub, blog, cloud, Studio, Nano, Raspberry Pi, "
    "Hugging Face, Bluetooth, Wi-Fi, Node.js, llama.cpp, C++, API, GPU, CPU, SSD, PDF, CEO, "
    "MLX, MoE, AWS, RAG, LLMs, E2B, 31B, 4K, 5G, 2, 4, 5, 9, 12, 2024, 3.5, 5%, $5, $10, 5km, "
    "20GB, 100ms, 25℃, DeepSeek, Notebooks, ballet, 1000000000000, 나라"
)
IN_RIEUL = (
    "model, Google, Apple, Intel, Mistral, DeepL, SQL, HTML, URL, YAML, curl, email, file, "
    "role, table, pixel, Excel, Oracle, channel, goal, 1, 7, 8, 17, 0.7, 1.8, 2021, OCR, 서울, "
    "모델"
)
IN_ANOTHER_CONSONANT = (
    "Python, Slack, LLM, vLLM, chip, app, team, king, web, iPhone, Chrome, GitLab, Git, "
    "Facebook, Instagram, WhatsApp, TikTok, Amazon, IBM, Anthropic, Grok, Copilot, JSON, "
    "Kotlin, C#, PM, RAM, JPEG, ZIP, 3N, type, prototype, notebook, deep, group, startup, "
    "desktop, chat, bot, dataset, internet, market, output, layout, track, block, music, Mac, "
    "film, algorithm, design, thumb, game, phone, machine, online, technique, big, meeting, "
    "job, lab, club, Zoom, Discord app, Reddit, Notion, Cormac, HBM, budget, pipeline, 0, 3, "
    "6, 10, 100, 1000, 10,000, 2026, 6:30, ¥100, 10kg, H100, 한국, 사람"
)


def words(row: str) -> list[str]:
    return row.split(", ")


@pytest.mark.parametrize("word", words(IN_A_VOWEL))
def test_a_word_that_ends_in_a_vowel_takes_the_short_forms(word: str) -> None:
    assert [particle(word, pair) for pair in (OBJECT, SUBJECT, TOPIC, WITH, TOWARDS, POLITE)] == [
        "를", "가", "는", "와", "로", "예요"
    ]  # fmt: skip


@pytest.mark.parametrize("word", words(IN_RIEUL))
def test_a_word_that_ends_in_rieul_counts_as_closed_but_for_towards(word: str) -> None:
    assert [particle(word, pair) for pair in (OBJECT, SUBJECT, TOPIC, WITH, TOWARDS, POLITE)] == [
        "을", "이", "은", "과", "로", "이에요"
    ]  # fmt: skip


@pytest.mark.parametrize("word", words(IN_ANOTHER_CONSONANT))
def test_a_word_that_ends_in_another_consonant_takes_the_long_forms(word: str) -> None:
    assert [particle(word, pair) for pair in (OBJECT, SUBJECT, TOPIC, WITH, TOWARDS, POLITE)] == [
        "을", "이", "은", "과", "으로", "이에요"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The wrong form.
        ("Gemma을 써요.", "Gemma를 써요."),
        ("LLM가 LLM를 만들어요.", "LLM이 LLM을 만들어요."),
        ("Gemma은 좋고 Slack는 빨라요.", "Gemma는 좋고 Slack은 빨라요."),
        ("Slack와 Notion와 API과", "Slack과 Notion과 API와"),
        ("GPU으로 돌리고 Python로 짜고 Google으로 찾아요.",
         "GPU로 돌리고 Python으로 짜고 Google로 찾아요."),
        ("LLM로서, API으로는", "LLM으로서, API로는"),
        ("Slack나 Discord", "Slack이나 Discord"),
        ("이건 LLM예요. 저건 Gemma이에요.", "이건 LLM이에요. 저건 Gemma예요."),
        ("Gemma이예요", "Gemma예요"),
        ("Gemma이라는 모델과 LLM라는 말", "Gemma라는 모델과 LLM이라는 말"),
        ("LLM라고 해요. LLM였어요. Linux이었어요.", "LLM이라고 해요. LLM이었어요. Linux였어요."),
        ("3를 빼고 2을 더해요.", "3을 빼고 2를 더해요."),
        ("5%은 작고 10%이 커요.", "5%는 작고 10%가 커요."),
        ("Gemma을요? LLM는요?", "Gemma를요? LLM은요?"),
        ("“Gemma”을, 'LLM'를", "“Gemma”를, 'LLM'을"),
        # Both forms.
        ("Gemma을(를) 쓰고 LLM은(는) 커요.", "Gemma를 쓰고 LLM은 커요."),
        ("GPU(으)로, Python(으)로, Google(으)로", "GPU로, Python으로, Google로"),
        ("모델을(를) 사람이(가) 나라와(과)", "모델을 사람이 나라와"),
        ("서울(으)로 한국(으)로", "서울로 한국으로"),
        ("LLM(이)라고 Gemma(이)나", "LLM이라고 Gemma나"),
        ("Gemma을/를 써요.", "Gemma를 써요."),
        # A space before the particle.
        ("Gemma 를 써요.", "Gemma를 써요."),
        ("API 가 LLM 을 불러요.", "API가 LLM을 불러요."),
        ("Gemma 는요?", "Gemma는요?"),
        ("GPU 에서 CPU 까지", "GPU에서 CPU까지"),
        ("Python 와 Java 과", "Python과 Java와"),
        ("Gemma 입니다. LLM 이에요.", "Gemma입니다. LLM이에요."),
        ("Gemma 로는 안 돼요.", "Gemma로는 안 돼요."),
        # After a gloss in brackets: what stands before it or in it.
        ("모델(LLM)가 커요.", "모델(LLM)이 커요."),
        ("Gemma(젬마)을", "Gemma(젬마)를"),
    ],
)  # fmt: skip
def test_a_particle_follows_the_sound(text: str, expected: str) -> None:
    assert fix_particles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("책(을)를 모델(은)는 LLM(이)가", "책을 모델은 LLM이"),
        ("사과을(를) 친구(와)과 커피(을)를", "사과를 친구와 커피를"),
        ("서울로(으로) 부산(으)로", "서울로 부산으로"),
        ("책(이)나 의사(이)라고 너(이)라도", "책이나 의사라고 너라도"),
        ("학생(이)였어요. 민수야(아)", "학생이었어요. 민수야"),
        ("책 (을)를 읽어요.", "책을 읽어요."),
    ],
)
def test_a_particle_in_both_forms_is_chosen_in_either_order(text: str, expected: str) -> None:
    assert fix_particles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # Right as they are; the long form of these may follow a vowel too.
        "Gemma를 LLM을 CPU나 Android나 llama.cpp나 31B가",
        "Gemma이고 GPU이며 API이지만 E2B입니다.",
        # Two ways to say it, two right forms: 알 and 아르, 삼 and 쓰리.
        "OCR을 OCR를",
        "Gemma 3을 Gemma 3를 GPT-3으로 GPT-3로",
        # No particles, though they look like them.
        "2가지, 3가지, 5과목, 3은행",
        "AI이사와 IT나라",
        "Gemma 이 모델은 Gemma 나 저나",
        "Gemma 가. Gemma 와!",
        "가을을 나이가 고양이예요 사과과",
        # Nobody knows how it is said.
        "1/2을 1/2를",
        "뭐야?라고 했어요. “좋아요.”라고 했어요.",
        "한국어만 있어요.",
        "",
    ],
)
def test_what_is_right_or_unknown_stays(text: str) -> None:
    assert fix_particles(text) == text


def test_the_sample_page_stays(sample_pages: list[Path]) -> None:
    pages = [page for page in sample_pages if page.name == "page.ko.txt"]
    if not pages:
        pytest.skip("the sample page is not here")
    rows = pages[0].read_text(encoding="utf-8").split("\n")

    assert [fix_particles(row) for row in rows] == rows


def test_the_reference_translations_of_the_demo_stay() -> None:
    rows = [sentence.ko for sentence in grammar.corpus(500, seed=1)]

    assert [fix_particles(row) for row in rows] == rows


@pytest.mark.parametrize(
    ("word", "rest", "expected"),
    [
        ("Gemma", "을 써요.", "를 써요."),
        ("LLM", "로 해요.", "으로 해요."),
        ("고양이", "이에요.", "예요."),
        ("사람", "(이)라는", "이라는"),
        ("Gemma", " 모델", " 모델"),
        ("Gemma", "", ""),
        ("Gemma", "에서", "에서"),
    ],
)
def test_the_particle_behind_a_replaced_word_is_refitted(
    word: str, rest: str, expected: str
) -> None:
    assert refit(word, rest) == expected


def test_a_word_of_unknown_sound_takes_the_open_form() -> None:
    assert particle("😀", ParticlePair("을", "를")) == "를"


PIECES = [
    *(
        "Gemma",
        "LLM",
        "model",
        "3",
        "5%",
        "사람",
        "나라",
        "을",
        "를",
        "이",
        "가",
        "은",
        "는",
        "과",
        "와",
    ),
    *(
        "으로",
        "로",
        "(으)로",
        "사람을(를)",
        "이에요",
        "예요",
        "이라고",
        "라고",
        " ",
        ".",
        ",",
        "(",
        ")",
        '"',
    ),
]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_a_second_look_finds_nothing(text: str) -> None:
    once = fix_particles(text)

    assert fix_particles(once) == once


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_latin_letters_and_digits_stay(text: str) -> None:
    def plain(row: str) -> str:
        return "".join(c for c in row if c.isascii() and c.isalnum())

    assert plain(fix_particles(text)) == plain(text)
