"""The commands that publish an episode: `process` and `demo`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from flows.cli.exit_codes import EPILOG
from flows.settings import DEMO, DEMO_LANGUAGES, MOST_SPEAKERS, Preset, prepare_prefect
from outputs.markup.page_labels import all_labels
from outputs.markup.pair_order import PairOrder
from podcast.language import TARGETS, Language, parse_targets
from podcast.register import Register
from podcast.stage import RedoFrom

if TYPE_CHECKING:
    from flows.parameters import RunForm

PREVIEW_ROWS = 6

SHOWN_FILES = (
    ("line pairs", ("txt",)),
    ("pages to read and listen to", ("html",)),
    ("the record, how good it is", ("episode.json", "report.md", "timeline.svg")),
)
"""What a person looks at first: what it is; names, or what follows the language in the name."""

SPEAKERS = click.IntRange(1, MOST_SPEAKERS)


class Pair(click.ParamType[tuple[str, str]]):
    """Two texts around an equals sign."""

    name = "pair"

    def __init__(self, example: str) -> None:
        self.example = example

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Part them."""
        key, _, text = (part.strip() for part in value.partition("="))
        if not key or not text:
            self.fail(f"{value!r} is not of the form {self.example}", param, ctx)
        return key, text


def _languages(_ctx: click.Context, _param: click.Parameter, codes: str | None) -> list[str] | None:
    if codes is None:
        return None
    return [language.value for language in parse_targets(codes.split(","))]


def _table(
    _ctx: click.Context, param: click.Parameter, pairs: tuple[tuple[str, str], ...]
) -> dict[str, str]:
    if len(table := dict(pairs)) < len(pairs):
        raise click.BadParameter("One and the same is given twice", param=param)
    return table


def _translators(
    _ctx: click.Context, param: click.Parameter, choices: tuple[str, ...]
) -> dict[str, str]:
    """Read translators of one language, as in "ko=argos:FOLDER", and of all the others."""
    pairs = [choice.partition("=") for choice in choices if "=" in choice.partition(":")[0]]
    of_all = [choice for choice in choices if "=" not in choice.partition(":")[0]]
    of_one = [(parse_targets([code])[0].value, name) for code, _, name in pairs]
    if len(of_all) > 1 or len(dict(of_one)) < len(of_one):
        raise click.BadParameter("Two are given for one language", param=param)
    everywhere = {target.value: name for target in TARGETS for name in of_all}
    return everywhere | dict(of_one)


def _registers(
    _ctx: click.Context, param: click.Parameter, pairs: tuple[tuple[str, str], ...]
) -> dict[str, dict[str, str]]:
    """Read registers of everybody, as in "ko=polite", and of one speaker, as in "ko:Ann=formal"."""
    found: dict[str, dict[str, str]] = {}
    for place, register in pairs:
        code, _, speaker = place.partition(":")
        if register not in list(Register):
            names = ", ".join(Register)
            raise click.BadParameter(f"{register!r} is none of {names}", param=param)
        found.setdefault(parse_targets([code])[0].value, {})[speaker.strip() or "everybody"] = (
            register
        )
    return found


@click.command(epilog=EPILOG)
@click.argument("audio", default="")
@click.option("--show", default="", help="Name of the podcast: the first line of the page.")
@click.option("--title", default="", help="Title of the episode in English: the second line.")
@click.option("--feed", metavar="FEED", help="The show's feed, a file or an http(s) address.")
@click.option("--episode", metavar="EPISODE", help="Guid or title in the feed.  [the newest]")
@click.option("--extras", is_flag=True, help="The newest may be a trailer or a bonus.")
@click.option(
    *("--to", "languages"),
    callback=_languages,
    help="Target languages; others that are published already stay."
    f"  [{','.join(language.value for language in TARGETS)}]",
)
@click.option("--only", is_flag=True, help="Take away other languages that are published already.")
@click.option(
    "--speakers", "speakers__exactly", type=SPEAKERS, help="How many people speak, if known."
)
@click.option(
    "--min-speakers", "speakers__at_least", type=SPEAKERS, help="At least so many people speak."
)
@click.option(
    "--max-speakers", "speakers__at_most", type=SPEAKERS, help="At most so many people speak."
)
@click.option(
    *("--title-in", "titles"),
    type=Pair("ko=TITLE"),
    multiple=True,
    callback=_table,
    metavar="CODE=TITLE",
    help="A title by hand, such as ko=제목; the others are translated.",
)
@click.option(
    *("--models", "models__preset"),
    type=click.Choice(get_args(Preset)),
    help="Public models, or the bundled ones, which understand the demo episode only.  [real]",
)
@click.option(
    "--whisper", "models__whisper", help="Another Whisper: a size such as medium, or a folder."
)
@click.option(
    *("--diarization", "models__diarization"),
    help="Another pyannote pipeline: a hub id or a folder. It runs no code of its own unless its "
    "folder is in INTERLINEAR_TRUSTED_MODELS.",
)
@click.option("--packages", "models__packages", help="Another folder of unpacked Argos packages.")
@click.option(
    *("--translator", "models__translators"),
    multiple=True,
    callback=_translators,
    metavar="[CODE=]NAME",
    help="Another translator, into all languages or one: ko=NAME. Argos then translates what that "
    "fails at. docs/translators.md lists them.  [argos]",
)
@click.option(
    *("--llm-url", "models__llm__url"),
    metavar="ADDRESS",
    help="Server of language models, for --translator llm.  [http://127.0.0.1:8080/v1]",
)
@click.option("--llm-model", "models__llm__model", help="What that server calls the model.")
@click.option(
    *("--glossary", "wording__glossary"),
    type=click.Path(path_type=Path),
    help="The show's names and terms, a TOML file.  [glossary.toml in the show's folder]",
)
@click.option(
    *("--name", "speakers__names"),
    type=Pair('"Speaker 2=NAME"'),
    multiple=True,
    callback=_table,
    metavar="SPEAKER=NAME",
    help='A name by hand, such as "Speaker 2=Ann Lee".',
)
@click.option(
    *("--person", "speakers__people"),
    multiple=True,
    metavar="NAME",
    help="Somebody who is announced, for the one voice that stays unknown.",
)
@click.option(
    *("--voices-of", "speakers__voices"),
    multiple=True,
    metavar="SHOW",
    help="Another show whose voices are known in this one, too.",
)
@click.option(
    *("--full-width/--ascii-marks", "wording__full_width"),
    default=None,
    help="Chinese and Japanese punctuation: ， or ,  [full-width]",
)
@click.option(
    *("--latin-spacing/--no-latin-spacing", "wording__latin_spacing"),
    default=None,
    help="Chinese and Japanese: a space beside Latin letters and digits.  [latin-spacing]",
)
@click.option(
    *("--register", "wording__registers"),
    type=Pair("ko=polite"),
    multiple=True,
    callback=_registers,
    metavar="CODE[:SPEAKER]=REGISTER",
    help='How politely people speak, such as ko=polite or "ko:Ann Lee=formal".',
)
@click.option(
    *("--interface", "pages__interface"),
    type=click.Choice(list(all_labels())),
    help="Language of the pages' own words.  [en]",
)
@click.option(
    *("--order", "pages__order"),
    type=click.Choice([order.value for order in PairOrder]),
    help="Captions in two languages: which stands above.  [source-first]",
)
@click.option(
    *("--page-audio", "pages__audio"),
    metavar="ADDRESS",
    help="Where the pages find the recording: web address or path relative to them.  [AUDIO's]",
)
@click.option(
    "--transcript",
    metavar="FILE",
    help="The publisher's own transcript, or its address; its words are the English text.",
)
@click.option("--label", help="Text directly before the show's name.")
@click.option("--guid", help="The feed's id of the episode; names its folder.")
@click.option("--published", "published_at", help="When the feed published it: 2026-11-25.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to publish in.  [published]")
@click.option(
    "--redo-from",
    type=click.Choice([stage.value for stage in get_args(RedoFrom)]),
    help="Do this stage and all after it again, although their results are kept.",
)
@click.option(
    "--track",
    type=click.IntRange(0),
    metavar="NUMBER",
    help="Sound track of AUDIO.  [in English, else the default, and not silent]",
)
@click.option("--allow-partial", is_flag=True, help="Use what there is of a broken-off recording.")
@click.option("--force-english", is_flag=True, help="Take all speech for English, as it sounds.")
@click.option("--verbose", is_flag=True, help="Show Prefect's log.")
def process(
    verbose: bool, feed: str | None, episode: str | None, extras: bool, **options: Any
) -> None:
    """Publish AUDIO as a bilingual transcript.

    AUDIO is a sound or video file of any usual kind, or an http(s) address. With --feed, all that
    you do not give is taken from the show's feed: the sound, show, title, guid, date, and the
    people who speak.
    """
    if feed:
        from flows.feeds.feed_lookup import announced_options
        from flows.stages.form_checks import check_fields

        check_fields(_form(options))  # before the feed is asked
        announced = announced_options(feed, episode or "", with_extras=extras)
        options |= {name: value for name, value in announced.items() if not options[name]}
    elif episode or extras:
        option = "--episode" if episode else "--extras"
        raise click.UsageError(f"{option} says which one in a feed. Give --feed, too.")
    for name, where in (("audio", "AUDIO"), ("show", "--show"), ("title", "--title")):
        if not options[name]:
            raise click.UsageError(f"Missing {where}. Give it, or --feed with a feed that has it.")
    _publish(_form(options), verbose)


@click.command(epilog=EPILOG)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to publish in.  [published]")
@click.option("--verbose", is_flag=True, help="Show Prefect's log.")
def demo(out: Path | None, verbose: bool) -> None:
    """Publish the bundled episode with the bundled models."""
    import tomllib

    from flows.parameters import Models, RunForm

    script = tomllib.loads((DEMO / "episode" / "script.toml").read_text(encoding="utf-8"))
    audio = str(DEMO / "episode" / "episode.mp3")
    title = script["title"]["en"]
    languages, models = list(DEMO_LANGUAGES), Models(preset="demo")
    _publish(RunForm(audio, script["show"], title, languages, models=models, out=out), verbose)


def _form(options: Mapping[str, Any]) -> "RunForm":
    """Fill in the run form; an option named table__field is a field of one of its tables.

    What was not given is left to the form, which has the defaults.
    """
    from flows.parameters import RunForm

    form: dict[str, Any] = {}
    for name, value in options.items():
        if value in (None, (), {}):
            continue
        *tables, field = name.split("__")
        place = form
        for table in tables:
            place = place.setdefault(table, {})
        place[field] = value
    return RunForm(**form)


def _publish(form: "RunForm", verbose: bool) -> None:
    """Run the flow in this process and show what it published."""
    from flows.stages.form_checks import check_form

    check_form(form)
    prepare_prefect(quiet=not verbose)
    from rich.console import Console

    from flows.cli.pace import Pace
    from flows.cli.terminal import showing_progress

    console = Console(stderr=True)
    with console.status("Loading Prefect ...") as status:
        from flows.episode import process_episode
        from flows.server.prefect_server import require_server, unwatched

        require_server(status.update if console.is_terminal else console.print)
    pace = Pace(form.models, tuple(map(Language, form.languages)))
    with showing_progress(console, pace, fetches="://" in form.audio), unwatched():
        folder = process_episode(**asdict(form))
    _show_result(folder, form.languages)


def _show_result(folder: Path, languages: Sequence[str]) -> None:
    """Print the first pairs of the languages that were asked for, and where all files are."""
    from flows.published.published_record import read_published
    from outputs.linepairs import parse_page
    from outputs.record.episode_record import origin_of_words

    for path in sorted(p for p in folder.glob("*.txt") if p.name.count(".") == 1):
        if path.stem not in languages:
            click.echo(f"\n{path.name}\n  stays; --only takes it away")
            continue
        page = parse_page(path.read_text(encoding="utf-8"), path.name)
        click.echo(f"\n{path.name}")
        for text in (*page.header, *(row for pair in page.pairs[:PREVIEW_ROWS] for row in pair)):
            click.echo(f"  {text}")
        click.echo(f"  ... {len(page.pairs)} pairs in all")
    names = sorted(path.name for path in folder.iterdir())
    click.echo(f"\n{len(names)} files in {folder}:")
    for what, endings in SHOWN_FILES:
        found = [name for name in names if name in endings or name.partition(".")[2] in endings]
        click.echo(f"  {what:<28} {'  '.join(found)}")
    click.echo(f"  {'captions, documents, feeds':<28} the others; see docs/output.md")
    if origin := origin_of_words(read_published(folder).record):
        click.echo(f"\nThe words are {origin}", err=True)
