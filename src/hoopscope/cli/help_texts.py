"""The sections at the end of the helps, as a manual page has them."""

from __future__ import annotations

EXAMPLES = """
hoopscope                                        browse the gateway that a login set up
hoopscope demo                                   browse a made-up history; no gateway needed
hoopscope --connection-contains prod --since '2 hours ago'
                                                 browse with these filters
hoopscope 74efe044-b0a5-4451-93f1-bd7fa0f3a364   browse, that session open; a link does too
hoopscope list --since yesterday --outcome failed
                                                 what failed since yesterday
hoopscope list --all --format jsonl -o all.jsonl the whole history, for other programs
hoopscope get 74efe044-b0a5-4451-93f1-bd7fa0f3a364
                                                 one session with its script and its review
hoopscope export --all --since 7d -o last-week/  what sessions recorded, a file each
"""

LIST_EXAMPLES = """
hoopscope list --limit 50 --connection pg-prod
hoopscope list --since 2026-11-01 --until 2026-11-07 --format csv -o week.csv
hoopscope list --review-status PENDING --approver ana@example.com
hoopscope list --all --outcome failed,blocked --format jsonl | jq -r .id
hoopscope list --all --format jsonl --resume-from '2026-11-23T11:46:37.123456Z,74efe044-…'
"""

OPEN_EXAMPLES = """
hoopscope 74efe044-b0a5-4451-93f1-bd7fa0f3a364
hoopscope https://hoop.example.com/sessions/74efe044-b0a5-4451-93f1-bd7fa0f3a364
hoopscope open 74efe044-b0a5-4451-93f1-bd7fa0f3a364 --utc
"""

GET_EXAMPLES = """
hoopscope get 74efe044-b0a5-4451-93f1-bd7fa0f3a364
hoopscope get 74efe044-b0a5-4451-93f1-bd7fa0f3a364 --format json | jq .review
"""

EXPORT_FORMATS = """
txt     what was printed, as text; what was sent, message by message, where that is not stored
cast    a terminal's recording, for asciinema and its like
json    the whole session, byte for byte as the gateway gave it: secrets are never masked in it
jsonl   every event: seconds, time, kind, text or base64
csv     the result sets that a SQL client printed
script  the script, or the statements of a database connection
"""

EXPORT_EXAMPLES = """
hoopscope export 74efe044-b0a5-4451-93f1-bd7fa0f3a364
hoopscope export 74efe044-b0a5-4451-93f1-bd7fa0f3a364 --format cast -o session.cast
hoopscope export --all --since 7d --outcome failed -o failed/
hoopscope export --limit 500 --connection pg-prod --format jsonl -o pg-prod/ --jobs 8
"""

OUTPUT_EXAMPLES = """
hoopscope output 74efe044-b0a5-4451-93f1-bd7fa0f3a364 | less
hoopscope output 74efe044-b0a5-4451-93f1-bd7fa0f3a364 | grep -c ERROR
hoopscope script 74efe044-b0a5-4451-93f1-bd7fa0f3a364 > migration.sql
"""

PLAY_EXAMPLES = """
hoopscope play 74efe044-b0a5-4451-93f1-bd7fa0f3a364
hoopscope play 74efe044-b0a5-4451-93f1-bd7fa0f3a364 --speed 4 --idle 0.5 --size 120x40
"""

TAIL_EXAMPLES = """
hoopscope tail 74efe044-b0a5-4451-93f1-bd7fa0f3a364
hoopscope tail 74efe044-b0a5-4451-93f1-bd7fa0f3a364 --from-start | grep --line-buffered ERROR
hoopscope tail 74efe044-b0a5-4451-93f1-bd7fa0f3a364 --input --format jsonl | jq -r .text
"""

LOGIN_EXAMPLES = """
hoopscope login --url https://hoop.example.com
hoopscope login --profile production --email ana@example.com
hoopscope login --api-key
pass hoop/api-key | hoopscope login --api-key --url https://hoop.example.com
"""

DEMO_EXAMPLES = """
hoopscope demo
hoopscope demo serve --port 8010 --sessions 1000000
hoopscope demo serve > gateway.env &
export $(cat gateway.env); hoopscope list
"""

DATES = """
2026-11-01, 2026-11-01 14:30, 2026-11-01T14:30:00Z, 14:30, yesterday, last week, 2 hours ago, 7d.
Without a zone they are local times, with --utc UTC. A day as --until is meant to its end.
"""

COLUMNS = """
table  when, who, connection, kind, verb, outcome, took, review, flags, jira, correlation, size,
       id, batch; as many as the terminal has room for, all of them in a pipe or a file
csv    id, start, end, seconds, user, user_name, user_id, identity_type, connection, type,
       subtype, resource, verb, outcome, status, exit_code, review_type, review_status,
       guardrail_hits, guardrail_rule, ai_risk, masked, jira_key, correlation_id, batch_id,
       event_size, malformed
"""

EXIT_STATUS = """
0    done
1    the gateway, the network or writing the output failed
2    the command line or the settings cannot be used; nothing was asked of the gateway
3    not authorised: the credential is not accepted, or may not see this
4    there is no such session
5    written as far as possible, but some sessions are missing: messages and manifest say which
70   a mistake in hoopscope itself
130  ended by Ctrl-C
141  whoever read the output has left
"""

ENVIRONMENT = """
HOOPSCOPE_URL, HOOP_APIURL                       the gateway's address
HOOPSCOPE_TOKEN, HOOP_TOKEN                      the credential
HOOPSCOPE_TOKEN_FILE                             a file that holds it
HOOPSCOPE_TLS_CA, HOOP_TLSCA                     the authority to trust
HOOPSCOPE_SKIP_TLS_VERIFY, HOOP_TLS_SKIP_VERIFY  true to trust whoever answers
HOOPSCOPE_CONFIG                                 another settings file
HOOPSCOPE_THEME, _UTC, _ASCII, _MOUSE, _SIDEBAR, _DETAIL, _POLL_SECONDS, _DEADLINE_SECONDS,
_STREAM_LIMIT, _CONSOLE, _FULL_FRAMES, _CLIPBOARD, _PROFILE, _VIEW, _READ_ONLY, _RESTRICTED,
_ACCENT, _CREDENTIAL_STORE
                                                 as in the settings file
HOOPSCOPE_DEBUG                                  1 shows tracebacks
NO_COLOR                                         no colours in the browser
"""

FILES = """
$XDG_CONFIG_HOME/hoopscope/config.toml           settings (else ~/.config/hoopscope/config.toml)
$XDG_CONFIG_HOME/hoopscope/themes/*.toml         themes of one's own
$XDG_STATE_HOME/hoopscope/gateways/*.json        how the browser was left; nothing of sessions
                                                 (else ~/.local/state/hoopscope/gateways)
$XDG_STATE_HOME/hoopscope/credentials.json       what `hoopscope login` keeps
~/.hoop/config.toml                              what `hoop login` wrote: used where nothing above
                                                 says otherwise
"""
