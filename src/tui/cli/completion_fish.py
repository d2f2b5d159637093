"""The completion of fish, with what each command and option is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tui.cli.outline import Option, Outline, Place

Lists = Mapping[str, Sequence[str]]

# Fish itself knows the value of an option; the function says which argument is at the cursor.
HEAD = """\
# Completion of stridelift for fish, made by: stridelift completion fish

function __stridelift_at --argument-names wanted
    set -l command ''
    set -l place 0
    set -l waits 0
    for word in (commandline -opc)[2..-1]
        if test $waits = 1
            set waits 0
        else if string match -q -- '-*' $word
            if contains -- "$command $word" $__stridelift_valued
                set waits 1
            end
        else if test -z "$command"
            set command $word
        else
            set place (math $place + 1)
        end
    end
    string match -q -- $wanted "$command $place"
end

"""


def script(outlines: Sequence[Outline], lists: Lists) -> str:
    """The script, which fish reads when it first completes stridelift."""
    valued = [
        _quoted(f"{one.name} {name}")
        for one in outlines
        for option in one.options
        if option.takes is not None
        for name in option.names
    ]
    made = [f"set -g __stridelift_valued {' '.join(valued)}\n"]
    made += [f"set -g __stridelift_{name} {' '.join(words)}\n" for name, words in lists.items()]
    body = [f"complete -c stridelift {line}\n" for one in outlines for line in _lines(one)]
    commands = [
        f"complete -c stridelift -n '__stridelift_at \" 0\"' -a {other.name} "
        f"-d {_quoted(other.summary)}\n"
        for other in outlines
        if other.name
    ]
    return HEAD + "".join([*made, "complete -c stridelift -f\n", *commands, *body])


def _lines(one: Outline) -> Iterator[str]:
    """What may be typed after a command: its options, and its arguments by their place."""
    here = f"-n '__stridelift_at \"{one.name} *\"'"
    for option in one.options:
        yield f"{here} {_option(option)}"
    for number, place in enumerate(one.places):
        is_last = one.repeats and number == len(one.places) - 1
        said = _said(place)
        if said:
            yield f"-n '__stridelift_at \"{one.name} {'*' if is_last else number}\"' {said}"


def _option(option: Option) -> str:
    names = [
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    ]
    takes = []
    if option.takes is not None:
        takes = ["-r", _said(option.takes) or "-f"]
        if not (option.takes.files or option.takes.folders):
            takes[0] = "-x"
    return " ".join([*names, *takes, "-d", _quoted(option.help)])


def _said(place: Place) -> str:
    words = [*place.words, *(f"$__stridelift_{name}" for name in place.lists)]
    if place.folders:
        words.append("(__fish_complete_directories (commandline -ct))")
    said = [f'-a "{" ".join(words)}"'] if words else []
    said += ["-F"] if place.files else []
    return " ".join(said)


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{plain}'"
