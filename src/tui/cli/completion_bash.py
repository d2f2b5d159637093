"""The completion of bash. It needs no package beside bash 4, and asks no program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tui.cli.outline import Outline, Place, valued

Lists = Mapping[str, Sequence[str]]

# The words before the cursor say the command, how many of its arguments are there, and whether an
# option waits for its value. Bash takes the = of --option=value for a word of its own.
HEAD = """\
# Completion of stridelift for bash, made by: stridelift completion bash

_stridelift() {
  local cur=${COMP_WORDS[COMP_CWORD]} command='' place=0 option='' at word i
  local words='' files=''
"""
READ = """\
  [[ $cur == '=' ]] && cur=
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == '=' ]]; then
      continue
    elif [[ $option ]]; then
      option=
    elif [[ $word == -* ]]; then
      case "$command $word" in
        %s) option=$word ;;
      esac
    elif [[ ! $command ]]; then
      command=$word
    else
      place=$((place + 1))
    fi
  done
  if [[ $option ]]; then
    at="$command $option"
  elif [[ $cur == -* ]]; then
    at="$command -"
  else
    at="$command $place"
  fi
  case $at in
"""
TAIL = """\
  esac
  # shellcheck disable=SC2207  # no word has a space
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [[ $files ]] && compopt -o "$files" 2>/dev/null
  return 0
}

complete -F _stridelift stridelift
"""


def script(outlines: Sequence[Outline], lists: Lists) -> str:
    """The script, which is read by the shell once."""
    waiting = "|".join(f"'{one}'" for one in valued(outlines))
    lines = [f"  local {name.lower()}='{' '.join(words)}'\n" for name, words in lists.items()]
    body = "".join(f"    {line}\n" for one in outlines for line in _cases(one, outlines))
    return HEAD + "".join(lines) + READ % waiting + body + TAIL


def _cases(one: Outline, outlines: Sequence[Outline]) -> Iterator[str]:
    """The branches for one command: what may stand at the cursor."""
    names = [name for option in one.options for name in option.names]
    yield f"'{one.name} -') words='{' '.join(names)}' ;;"
    for option in one.options:
        if option.takes is not None and (said := _said(option.takes)):
            patterns = "|".join(f"'{one.name} {name}'" for name in option.names)
            yield f"{patterns}) {said} ;;"
    if not one.name:
        yield f"' 0') words='{' '.join(other.name for other in outlines if other.name)}' ;;"
    for number, place in enumerate(one.places):
        is_last = one.repeats and number == len(one.places) - 1
        if said := _said(place):
            yield f"'{one.name} '{'[0-9]*' if is_last else number}) {said} ;;"


def _said(place: Place) -> str:
    words = [*place.words, *(f"${name.lower()}" for name in place.lists)]
    said = [f'words="{" ".join(words)}"'] if words else []
    said += ["files=default"] if place.files else []
    said += ["files=dirnames"] if place.folders else []
    return " ".join(said)
