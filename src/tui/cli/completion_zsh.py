"""The completion of zsh, with what each command and option is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tui.cli.outline import Option, Outline, Place, valued

Lists = Mapping[str, Sequence[str]]

# As for bash; here --option=value is one word.
HEAD = """\
#compdef stridelift
# Completion of stridelift for zsh, made by: stridelift completion zsh

_stridelift() {
  local command= option= at= word=
  local -a every
  integer place=0 i
"""
READ = """\
  for ((i = 2; i < CURRENT; i++)); do
    word=$words[i]
    if [[ -n $option ]]; then
      option=
    elif [[ $word == -* ]]; then
      case "$command $word" in
        %s) option=$word ;;
      esac
    elif [[ -z $command ]]; then
      command=$word
    else
      place+=1
    fi
  done
  if [[ -z $option && $PREFIX == -*=* ]]; then
    option=${PREFIX%%%%=*}
    compset -P '*='
  fi
  if [[ -n $option ]]; then
    at="$command $option"
  elif [[ $PREFIX == -* ]]; then
    at="$command -"
  else
    at="$command $place"
  fi
  case $at in
"""
# Read by autoload it is the body of the function; read by source it only defines it.
TAIL = """\
  esac
}

if [[ $funcstack[1] == _stridelift ]]; then
  _stridelift "$@"
else
  compdef _stridelift stridelift
fi
"""


def script(outlines: Sequence[Outline], lists: Lists) -> str:
    """The script, to be found in fpath as _stridelift or read by source."""
    waiting = "|".join(f"'{one}'" for one in valued(outlines))
    made = [f"  local -a {name.lower()}=({' '.join(words)})\n" for name, words in lists.items()]
    body = "".join(f"    {line}\n" for one in outlines for line in _cases(one, outlines))
    return HEAD + "".join(made) + READ % waiting + body + TAIL


def _cases(one: Outline, outlines: Sequence[Outline]) -> Iterator[str]:
    """The branches for one command: what may stand at the cursor."""
    told = [(name, option.help) for option in one.options for name in option.names]
    yield f"({_quoted(f'{one.name} -')}) {_described('option', told, '-o ')} ;;"
    for option in one.options:
        if option.takes is not None and (said := _said(option.takes)):
            yield f"({_patterns(one, option)}) {said} ;;"
    if not one.name:
        commands = [(other.name, other.summary) for other in outlines if other.name]
        yield f"(' 0') {_described('command', commands)} ;;"
    for number, place in enumerate(one.places):
        is_last = one.repeats and number == len(one.places) - 1
        if said := _said(place):
            yield f"('{one.name} '{'<->' if is_last else number}) {said} ;;"


def _patterns(one: Outline, option: Option) -> str:
    return "|".join(_quoted(f"{one.name} {name}") for name in option.names)


def _described(what: str, told: Iterable[tuple[str, str]], kind: str = "") -> str:
    words = " ".join(_quoted(f"{name}:{words}") for name, words in told)
    return f"every=({words}); _describe {kind}{what} every"


def _said(place: Place) -> str:
    words = [*place.words, *(f"${name.lower()}" for name in place.lists)]
    said = [f"compadd -- {' '.join(words)}"] if words else []
    said += ["_files"] if place.files else []
    said += ["_files -/"] if place.folders else []
    return "; ".join(said)


def _quoted(text: str) -> str:
    plain = text.replace("'", "'\\''")
    return f"'{plain}'"
