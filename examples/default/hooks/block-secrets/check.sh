#!/bin/sh
# Refuses a commit whose added lines look like secrets. Exit status: 0 clean, 1 refused.
set -eu

private_key='-----BEGIN ([A-Z]+ )*PRIVATE KEY-----'
token='AKIA[0-9A-Z]{16}|gh[opsu]_[A-Za-z0-9]{36}|xox[abp]-[A-Za-z0-9-]{10,}'
assignment='(password|passwd|secret|token|api[_-]?key)["'\'']?[[:space:]]*[:=][[:space:]]*["'\''][^"'\'']{12,}["'\'']'

found=$(
  git diff --cached --no-color --no-ext-diff --unified=0 |
    grep -E '^\+' |
    grep -Ev '^\+\+\+ |not-a-secret' |
    grep -Ei -e "$private_key|$token|$assignment" || true
)

[ -z "$found" ] && exit 0

echo 'This commit looks as if it held secrets:' >&2
# Only how each line begins: the values do not belong in a terminal's history either.
echo "$found" | cut -c 2-9 | sed 's/$/…/' >&2
echo 'Take them out, or mark a harmless line with not-a-secret.' >&2
exit 1
