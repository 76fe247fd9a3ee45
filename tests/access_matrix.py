"""Who gets what: one row for each address, case and method. The cases are the objects of world.py."""

from dataclasses import dataclass, field

from .cast import ROLES


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    case: str
    method: str
    expected: dict[str, int] = field(hash=False)

    def __str__(self):
        return f"{self.method} {self.name} {self.case}"

    @property
    def as_post(self) -> tuple:
        return (self.name, self.case, "POST")


def parse(table: str) -> list[Row]:
    rows = []
    for line in filter(None, map(str.strip, table.splitlines())):
        name, case, method, *numbers = line.split()
        rows.append(Row(name, case, method, dict(zip(ROLES, map(int, numbers), strict=True))))
    return rows


# address                       case          method  visitor guest member other lead second superuser
ROWS = parse("""
home                            -                GET  200 200 200 200 200 200 200
healthz                         -                GET  200 200 200 200 200 200 200
sitemap                         -                GET  200 200 200 200 200 200 200
robots                          -                GET  200 200 200 200 200 200 200
security-text                   -                GET  200 200 200 200 200 200 200

directory:sign-in               -                GET  200 200 200 200 200 200 200
directory:sign-in               -               POST  200 200 200 200 200 200 200
directory:sign-in-sent          -                GET  200 200 200 200 200 200 200
directory:sign-in-link          unknown-token    GET  410 410 410 410 410 410 410
directory:sign-in-link          unknown-token   POST  410 410 410 410 410 410 410
directory:sign-in-link          token            GET  200 200 200 200 200 200 200
directory:sign-in-link          token           POST  302 302 302 302 302 302 302
directory:sign-out              -                GET  200 200 200 200 200 200 200
directory:sign-out              -               POST  302 302 302 302 302 302 302
directory:my-area               -                GET  302 200 200 200 200 200 200
directory:mail-preferences      -                GET  302 200 200 200 200 200 200
directory:mail-preferences      -               POST  302 200 200 200 200 200 200
directory:logo                  logo             GET  200 200 200 200 200 200 200
directory:target-group-list     -                GET  200 200 200 200 200 200 200
directory:target-group          group            GET  200 200 200 200 200 200 200
directory:target-group-feed     group            GET  200 200 200 200 200 200 200
directory:subscribe-to-group    group            GET  200 200 200 200 200 200 200
directory:subscribe-to-group    group           POST  200 200 200 200 200 200 200
directory:subscribe-to-group-sent group          GET  200 200 200 200 200 200 200
directory:group-subscription    unknown-token    GET  410 410 410 410 410 410 410
directory:group-subscription    unknown-token   POST  410 410 410 410 410 410 410
directory:group-subscription-one-click unknown-token GET 302 302 302 302 302 302 302
directory:group-subscription-one-click unknown-token POST 400 400 400 400 400 400 400
directory:group-subscription-one-click group-token GET 302 302 302 302 302 302 302
directory:group-subscription-one-click group-token POST 400 400 400 400 400 400 400
directory:group-subscription    group-token      GET  200 200 200 200 200 200 200
directory:group-subscription    group-token     POST  200 200 200 200 200 200 200
directory:group-subscription-ended -             GET  200 200 200 200 200 200 200
directory:browsers              -                GET  302 200 200 200 200 200 200
directory:end-browsers          -                GET  302 405 405 405 405 405 405
directory:end-browsers          -               POST  302 302 302 302 302 302 302
directory:end-browser           other-browser    GET  302 405 405 405 405 405 405
directory:end-browser           other-browser   POST  302 404 404 302 404 404 404
directory:second-factor         -                GET  302 403 403 403 200 200 200
directory:second-factor-code    -                GET  302 403 403 403 302 302 302
directory:second-factor-code    -               POST  302 403 403 403 200 200 200
directory:second-factor-set-up  -                GET  302 403 403 403 200 200 200
directory:second-factor-set-up  -               POST  302 403 403 403 200 200 200
directory:second-factor-codes   -                GET  302 403 403 403 200 200 200
directory:second-factor-codes   -               POST  302 403 403 403 200 200 200
directory:second-factor-remove  -                GET  302 403 403 403 200 200 200
directory:second-factor-remove  -               POST  302 403 403 403 302 302 302
directory:own-data              -                GET  302 200 200 200 200 200 200
directory:own-data-file         -                GET  302 200 200 200 200 200 200
directory:own-data-delete       -                GET  302 200 200 200 200 200 200
directory:own-data-delete       -               POST  302 422 422 422 422 422 422
directory:admin-sign-in         -                GET  302 403 403 403 302 302 302
directory:admin-sign-in         -               POST  302 403 403 403 302 302 302
directory:admin-sign-out        -                GET  200 200 200 200 200 200 200
directory:admin-sign-out        -               POST  302 302 302 302 302 302 302

pages:imprint                   -                GET  200 200 200 200 200 200 200
pages:privacy                   -                GET  200 200 200 200 200 200 200
pages:accessibility             -                GET  200 200 200 200 200 200 200
pages:plain-language            -                GET  200 200 200 200 200 200 200
pages:help                      -                GET  200 200 200 200 200 200 200
pages:search                    -                GET  200 200 200 200 200 200 200
pages:report-barrier            -                GET  200 200 200 200 200 200 200
pages:report-barrier            -               POST  200 200 200 200 200 200 200
pages:barrier-thanks            barrier          GET  200 200 200 200 200 200 200
pages:contact                   -                GET  200 200 200 200 200 200 200
pages:contact                   -               POST  200 200 200 200 200 200 200
pages:contact-thanks            request          GET  200 200 200 200 200 200 200

sessions_app:event-list         -                GET  200 200 200 200 200 200 200
sessions_app:event-detail       event            GET  200 200 200 200 200 200 200
sessions_app:event-detail       hidden-event     GET  404 404 404 404 200 200 200
sessions_app:calendar           -                GET  200 200 200 200 200 200 200
sessions_app:event-feed         -                GET  200 200 200 200 200 200 200
sessions_app:event-calendar     event            GET  200 200 200 200 200 200 200
sessions_app:event-calendar     hidden-event     GET  404 404 404 404 404 404 404
sessions_app:event-picture      event            GET  200 200 200 200 200 200 200
sessions_app:event-picture      hidden-event     GET  404 404 404 404 404 404 404
sessions_app:event-material     material         GET  200 200 200 200 200 200 200
sessions_app:event-material     internal-material GET 404 404 200 200 200 200 200
sessions_app:event-material     hidden-material  GET  404 404 404 404 200 200 200
sessions_app:event-material     foreign-material GET  404 404 404 404 404 404 404
sessions_app:series-calendar    series           GET  200 200 200 200 200 200 200
sessions_app:series-calendar    empty-series     GET  404 404 404 404 404 404 404
sessions_app:personal-calendar  calendar-token   GET  200 200 200 200 200 200 200
sessions_app:personal-calendar  unknown-token    GET  404 404 404 404 404 404 404
sessions_app:calendar-renew     -                GET  302 405 405 405 405 405 405
sessions_app:calendar-renew     -               POST  302 302 302 302 302 302 302
sessions_app:report-feed        -                GET  200 200 200 200 200 200 200
sessions_app:series-detail      series           GET  200 200 200 200 200 200 200
sessions_app:series-detail      empty-series     GET  404 404 404 404 200 200 200
sessions_app:register           session          GET  200 200 200 200 200 200 200
sessions_app:register           session         POST  200 200 200 200 200 200 200
sessions_app:register           event            GET  404 404 404 404 404 404 404
sessions_app:register           event           POST  404 404 404 404 404 404 404
sessions_app:register-sent      session          GET  200 200 200 200 200 200 200
sessions_app:registration       unknown-token    GET  410 410 410 410 410 410 410
sessions_app:registration       unknown-token   POST  410 410 410 410 410 410 410
sessions_app:registration       registration-token GET 200 200 200 200 200 200 200
sessions_app:registration       registration-token POST 200 200 200 200 200 200 200
sessions_app:event-answer       event            GET  302 404 405 405 405 405 405
sessions_app:event-answer       event           POST  302 404 302 302 302 302 302
sessions_app:event-answer       hidden-event    POST  302 404 404 404 404 404 404
sessions_app:event-answer       session         POST  302 404 404 404 404 404 404
sessions_app:propose-item       event            GET  302 404 200 200 200 200 200
sessions_app:propose-item       event           POST  302 404 200 200 200 200 200
sessions_app:propose-item       hidden-event     GET  302 404 404 404 404 404 404
sessions_app:propose-item       hidden-event    POST  302 404 404 404 404 404 404
sessions_app:invitation         unknown-token    GET  410 410 410 410 410 410 410
sessions_app:invitation         unknown-token   POST  410 410 410 410 410 410 410
sessions_app:invitation         invitation-token GET  200 200 200 200 200 200 200
sessions_app:invitation         invitation-token POST 200 200 200 200 200 200 200
sessions_app:subscribe          series           GET  200 200 200 200 200 200 200
sessions_app:subscribe          series          POST  200 200 200 200 200 200 200
sessions_app:subscribe          empty-series     GET  404 404 404 404 200 200 200
sessions_app:subscribe          empty-series    POST  404 404 404 404 200 200 200
sessions_app:subscribe-sent     series           GET  200 200 200 200 200 200 200
sessions_app:subscribe-sent     empty-series     GET  404 404 404 404 200 200 200
sessions_app:registration-cancel registration    GET  302 405 405 405 405 405 405
sessions_app:registration-cancel registration   POST  302 404 302 404 404 404 404
sessions_app:subscription       unknown-token    GET  410 410 410 410 410 410 410
sessions_app:subscription       unknown-token   POST  410 410 410 410 410 410 410
sessions_app:subscription       subscription-token GET 200 200 200 200 200 200 200
sessions_app:subscription       subscription-token POST 200 200 200 200 200 200 200
sessions_app:subscription-one-click unknown-token GET 302 302 302 302 302 302 302
sessions_app:subscription-one-click unknown-token POST 400 400 400 400 400 400 400
sessions_app:subscription-one-click subscription-token GET 302 302 302 302 302 302 302
sessions_app:subscription-one-click subscription-token POST 400 400 400 400 400 400 400
sessions_app:subscription-ended -                GET  200 200 200 200 200 200 200
sessions_app:paper              series           GET  200 200 200 200 200 200 200
sessions_app:paper              empty-series     GET  404 404 404 404 404 404 404
sessions_app:paper-pdf          series           GET  200 200 200 200 200 200 200
sessions_app:paper-pdf          empty-series     GET  404 404 404 404 404 404 404
sessions_app:recommendation-list -               GET  200 200 200 200 200 200 200
sessions_app:recommendation-detail recommendation GET 200 200 200 200 200 200 200
sessions_app:recommendation-detail recommendation-draft GET 404 404 404 404 200 200 200
sessions_app:report-list        -                GET  200 200 200 200 200 200 200
sessions_app:report-detail      report           GET  200 200 200 200 200 200 200
sessions_app:report-detail      report-in-review GET  404 404 200 200 200 200 200
sessions_app:report-detail      report-draft     GET  404 404 404 404 200 200 200
sessions_app:report-pdf         report           GET  200 200 200 200 200 200 200
sessions_app:report-pdf         report-in-review GET  404 404 200 200 200 200 200
sessions_app:report-pdf         report-draft     GET  404 404 404 404 200 200 200
sessions_app:report-annex       annex            GET  200 200 200 200 200 200 200
sessions_app:report-annex       annex-for-members GET 404 404 200 200 200 200 200
sessions_app:report-annex       annex-in-review  GET  404 404 200 200 200 200 200
sessions_app:report-annex       annex-draft      GET  404 404 404 404 200 200 200
sessions_app:report-annex       annex-elsewhere  GET  404 404 404 404 404 404 404
sessions_app:report-comment     section-in-review GET  302 404 200 200 200 200 200
sessions_app:report-comment     section-in-review POST  302 404 422 422 422 422 422
sessions_app:report-comment     section-of-draft POST 302 404 404 404 422 422 422
sessions_app:report-confirm     report-in-review GET  302 404 405 405 405 405 405
sessions_app:report-confirm     report-in-review POST 302 404 302 302 302 302 302
sessions_app:report-confirm     report-draft    POST  302 404 404 404 302 302 302

sessions_app:topic-list         -                GET  302 404 200 200 200 200 200
sessions_app:topic-list-of      collection       GET  302 404 200 200 200 200 200
sessions_app:topic-list-of      hidden-event     GET  302 404 404 404 404 404 404
sessions_app:topic-propose      hidden-event     GET  302 404 404 404 404 404 404
sessions_app:topic-propose      hidden-event    POST  302 404 404 404 404 404 404
sessions_app:topic-propose      collection       GET  302 404 200 200 200 200 200
sessions_app:topic-propose      collection      POST  302 404 200 200 200 200 200
sessions_app:topic-detail       topic            GET  302 404 200 200 200 200 200
sessions_app:topic-change       topic            GET  302 404 200 404 404 404 404
sessions_app:topic-change       topic           POST  302 404 409 404 404 404 404
sessions_app:topic-withdraw     topic            GET  302 404 405 405 405 405 405
sessions_app:topic-withdraw     topic           POST  302 404 302 404 404 404 404
sessions_app:topic-dots         topic            GET  302 404 405 405 405 405 405
sessions_app:topic-dots         topic           POST  302 404 302 302 302 302 302
sessions_app:topic-comment      topic            GET  302 404 200 200 200 200 200
sessions_app:topic-comment      topic           POST  302 404 422 422 422 422 422
sessions_app:topic-comment-delete topic-comment  GET  302 404 405 405 405 405 405
sessions_app:topic-comment-delete topic-comment POST  302 404 302 404 404 404 404

actions:item-list               -                GET  200 200 200 200 200 200 200
actions:items-csv               -                GET  200 200 200 200 200 200 200
actions:item-detail             item             GET  200 200 200 200 200 200 200
actions:item-detail             item            POST  302 403 403 403 409 409 409
actions:item-detail             item-of-member   GET  200 200 200 200 200 200 200
actions:item-detail             item-of-member  POST  302 403 409 403 409 409 409
actions:item-detail             internal-item    GET  404 404 200 200 200 200 200
actions:item-detail             internal-item   POST  302 404 403 403 409 409 409
actions:item-detail             item-of-draft    GET  404 404 404 404 200 200 200
actions:item-detail             item-of-draft   POST  302 404 404 404 409 409 409
actions:item-share              item-for-all     GET  302 405 405 405 405 405 405
actions:item-share              item-for-all    POST  302 404 302 302 302 302 404
actions:item-share              item            POST  302 404 404 404 404 404 404
actions:item-comment            item             GET  302 404 200 200 200 200 200
actions:item-comment            item            POST  302 404 422 422 422 422 422
actions:item-comment            item-of-draft   POST  302 404 404 404 422 422 422

surveys:round-list              -                GET  200 200 200 200 200 200 200
surveys:round-detail            round            GET  200 200 200 200 200 200 200
surveys:round-detail            closed-round     GET  200 200 200 200 200 200 200
surveys:round-detail            hidden-round     GET  404 404 404 404 404 404 404
surveys:blank-pdf               round            GET  200 200 200 200 200 200 200
surveys:blank-pdf               hidden-round     GET  404 404 404 404 404 404 404
surveys:begin                   round            GET  405 405 405 405 405 405 405
surveys:begin                   round           POST  302 302 302 302 302 302 404
surveys:begin                   closed-round    POST  302 404 302 302 302 302 404
surveys:begin                   hidden-round    POST  404 404 404 404 404 404 404
surveys:personal-link           unknown-token    GET  410 410 410 410 410 410 410
surveys:personal-link           unknown-token   POST  410 410 410 410 410 410 410
surveys:personal-link           personal-token   GET  200 200 200 200 200 200 200
surveys:personal-link           personal-token  POST  302 302 302 302 302 302 302
surveys:leave                   round            GET  405 405 405 405 405 405 405
surveys:leave                   round           POST  302 302 302 302 302 302 302
surveys:decline                 round            GET  302 200 200 200 200 200 404
surveys:decline                 round           POST  302 200 200 200 200 200 404
surveys:decline                 hidden-round     GET  404 404 404 404 404 404 404
surveys:team                    round            GET  302 302 200 200 302 302 404
surveys:team                    round           POST  403 302 200 200 302 302 404
surveys:team-revoke             colleague        GET  405 405 405 405 405 405 405
surveys:team-revoke             colleague       POST  403 302 302 404 302 302 404
surveys:review                  round            GET  302 302 200 200 302 302 404
surveys:submit                  round            GET  405 405 405 405 405 405 405
surveys:submit                  round           POST  403 302 422 422 302 302 404
surveys:submitted               round            GET  302 302 302 302 302 302 404
surveys:section                 section-single   GET  302 302 200 200 302 302 404
surveys:section                 section-single  POST  403 302 409 409 302 302 404
surveys:section                 section          GET  302 302 200 200 302 302 404
surveys:section                 section         POST  403 302 404 404 302 302 404
surveys:section                 unknown-section  GET  302 302 404 404 302 302 404
surveys:section                 unknown-section POST  403 302 404 404 302 302 404
surveys:section-skip            section          GET  405 405 405 405 405 405 405
surveys:section-skip            section         POST  403 302 302 302 302 302 404
surveys:section-skip            section-single  POST  403 302 404 404 302 302 404
surveys:entry-add               section          GET  405 405 405 405 405 405 405
surveys:entry-add               section         POST  403 302 404 404 302 302 404
surveys:entry                   entry            GET  302 302 200 404 302 302 404
surveys:entry                   entry           POST  403 302 409 404 302 302 404
surveys:entry                   single-entry     GET  302 302 404 404 302 302 404
surveys:entry                   single-entry    POST  403 302 409 404 302 302 404
surveys:entry                   removed-entry    GET  302 302 404 404 302 302 404
surveys:entry                   removed-entry   POST  403 302 409 404 302 302 404
surveys:autosave                entry            GET  405 405 405 405 405 405 405
surveys:autosave                entry           POST  403 404 409 404 404 404 404
surveys:autosave                single-entry    POST  403 404 409 404 404 404 404
surveys:autosave                removed-entry   POST  403 404 404 404 404 404 404
surveys:entry-remove            entry            GET  405 405 405 405 405 405 405
surveys:entry-remove            entry           POST  403 302 302 404 302 302 404
surveys:entry-remove            single-entry    POST  403 302 404 404 302 302 404
surveys:entry-restore           removed-entry    GET  405 405 405 405 405 405 405
surveys:entry-restore           removed-entry   POST  403 302 302 404 302 302 404
surveys:my-answers-pdf          round            GET  302 302 200 200 302 302 404
surveys:my-answers-pdf          hidden-round     GET  302 404 404 404 404 404 404
surveys:consents                round            GET  302 302 200 200 302 302 404
surveys:consents                hidden-round     GET  302 404 404 404 404 404 404
surveys:consent-withdraw        consent          GET  405 405 405 405 405 405 405
surveys:consent-withdraw        consent         POST  403 302 302 404 302 302 404
surveys:delete                  round            GET  302 302 200 200 302 302 404
surveys:delete                  round           POST  403 302 302 302 302 302 404
surveys:delete                  hidden-round     GET  302 404 404 404 404 404 404
surveys:delete                  hidden-round    POST  403 404 404 404 404 404 404
surveys:upload                  upload           GET  302 404 200 404 404 404 404
surveys:upload                  entry            GET  302 404 404 404 404 404 404

matches:match-list              -                GET  302 404 200 200 200 200 200
matches:consent                 unknown-token    GET  410 410 410 410 410 410 410
matches:consent                 unknown-token   POST  410 410 410 410 410 410 410
matches:consent                 consent-token    GET  200 200 200 200 200 200 200
matches:consent                 consent-token   POST  302 302 302 302 302 302 302
needs:need-list                 -                GET  200 200 200 200 200 200 200
needs:pdf                       -                GET  200 200 200 200 200 200 200
needs:need-detail               need             GET  200 200 200 200 200 200 200
needs:need-detail               hidden-need      GET  404 404 404 404 200 200 200
needs:need-detail               merged-need      GET  302 302 302 302 302 302 302

knowledgebase:solution-list     -                GET  200 200 200 200 200 200 200
knowledgebase:solution-detail   solution         GET  200 200 200 200 200 200 200
knowledgebase:solution-detail   hidden-solution  GET  404 404 404 404 200 200 200
knowledgebase:suitability       -                GET  200 200 200 200 200 200 200
knowledgebase:feed              -                GET  200 200 200 200 200 200 200
knowledgebase:package           solution         GET  200 200 200 200 200 200 200
knowledgebase:package           hidden-solution  GET  404 404 404 404 200 200 200
knowledgebase:attachment        attachment       GET  200 200 200 200 200 200 200
knowledgebase:attachment        hidden-attachment GET 404 404 404 404 200 200 200
knowledgebase:attachment        foreign-attachment GET 404 404 404 404 404 404 404

knowledgebase:publiccode        software         GET  200 200 200 200 200 200 200
knowledgebase:publiccode        solution         GET  404 404 404 404 404 404 404
knowledgebase:publiccode        hidden-solution  GET  404 404 404 404 404 404 404

open_data:index                 -                GET  200 200 200 200 200 200 200
open_data:solutions-json        -                GET  200 200 200 200 200 200 200
open_data:solutions-csv         -                GET  200 200 200 200 200 200 200
open_data:catalogue             -                GET  200 200 200 200 200 200 200

knowledgebase:propose           -                GET  200 200 200 200 200 200 200
knowledgebase:suggest           -                GET  200 200 200 200 200 200 200
knowledgebase:suggest           -               POST  200 200 200 200 200 200 200
knowledgebase:suggest-thanks    -                GET  200 200 200 200 200 200 200
knowledgebase:proposal-add      -                GET  302 403 200 200 200 200 200
knowledgebase:proposal-add      -               POST  302 403 200 200 200 200 200
knowledgebase:proposal          proposal         GET  302 404 200 404 404 404 404
knowledgebase:proposal-submit   proposal         GET  302 405 405 405 405 405 405
knowledgebase:proposal-submit   proposal        POST  302 404 302 404 404 404 404
knowledgebase:proposal-delete   proposal         GET  302 404 200 404 404 404 404
knowledgebase:proposal-delete   proposal        POST  302 404 302 404 404 404 404
knowledgebase:proposal-section  proposal-section GET  302 404 200 404 404 404 404
knowledgebase:proposal-section  proposal-section POST 302 404 409 404 404 404 404
knowledgebase:proposal-section  proposal-rows    GET  302 404 200 404 404 404 404
knowledgebase:proposal-section  proposal-rows   POST  302 404 409 404 404 404 404
knowledgebase:proposal-section  proposal-nothing GET  302 404 404 404 404 404 404
knowledgebase:report-reuse      solution         GET  200 200 200 200 200 200 200
knowledgebase:report-reuse      solution        POST  200 200 200 200 200 200 200
knowledgebase:report-reuse      hidden-solution  GET  404 404 404 404 404 404 404
knowledgebase:report-reuse      hidden-solution POST  404 404 404 404 404 404 404
knowledgebase:reuse-thanks      solution         GET  200 200 200 200 200 200 200
knowledgebase:reuse-thanks      hidden-solution  GET  404 404 404 404 404 404 404
knowledgebase:reuse-renew       unknown-token    GET  410 410 410 410 410 410 410
knowledgebase:reuse-renew       unknown-token   POST  410 410 410 410 410 410 410
knowledgebase:reuse-renew       reuse-token      GET  200 200 200 200 200 200 200
knowledgebase:reuse-renew       reuse-token     POST  200 200 200 200 200 200 200
knowledgebase:reuse-answered    -                GET  200 200 200 200 200 200 200
knowledgebase:contact-withdraw  unknown-token    GET  410 410 410 410 410 410 410
knowledgebase:contact-withdraw  unknown-token   POST  410 410 410 410 410 410 410
knowledgebase:contact-withdraw  contact-token    GET  200 200 200 200 200 200 200
knowledgebase:contact-withdraw  contact-token   POST  302 302 302 302 302 302 302
knowledgebase:contact-withdrawn -                GET  200 200 200 200 200 200 200

admin:index                     -                GET  302 302 302 302 200 200 200
admin:login                     -                GET  302 403 403 403 302 302 302
admin:login                     -               POST  302 403 403 403 302 302 302
admin:logout                    -                GET  200 200 200 200 200 200 200
admin:logout                    -               POST  302 302 302 302 302 302 302
admin:app_list                  admin-app        GET  302 302 302 302 200 200 200
admin:password_change           -                GET  302 302 302 302 200 200 200
admin:password_change_done      -                GET  302 302 302 302 200 200 200
admin:autocomplete              -                GET  302 302 302 302 403 403 403
admin:jsi18n                    -                GET  302 302 302 302 200 200 200
admin:view_on_site              admin-object     GET  302 302 302 302 302 302 302
admin:surveys_round_export_xlsx round-key        GET  302 302 302 302 200 200 200
admin:surveys_round_export_csv  round-key        GET  302 302 302 302 200 200 200
admin:surveys_round_statistics  round-key        GET  302 302 302 302 200 200 200
admin:surveys_round_statistics  round-key       POST  302 302 302 302 302 302 302
admin:directory_person_distribution -            GET  302 302 302 302 200 200 200
admin:knowledgebase_transfer_make   example-key   GET 302 302 302 302 405 405 405
admin:knowledgebase_transfer_make   example-key  POST 302 302 302 302 302 302 302
admin:surveys_match_find        -                GET  302 302 302 302 200 200 200
admin:surveys_match_find        -               POST  302 302 302 302 200 200 200
admin:surveys_response_reopen   response         GET  302 302 302 302 200 200 200
admin:surveys_response_reopen   response        POST  302 302 302 302 200 200 200
admin:surveys_questionnaire_preview questionnaire GET 302 302 302 302 200 200 200
admin:surveys_questionnaire_publish questionnaire GET 302 302 302 302 200 200 200
admin:surveys_questionnaire_publish questionnaire POST 302 302 302 302 302 302 302
admin:surveys_questionnaire_export questionnaire  GET  302 302 302 302 200 200 200
admin:surveys_questionnaire_import -             GET  302 302 302 302 200 200 200
admin:surveys_questionnaire_import -            POST  302 302 302 302 200 200 200
admin:surveys_response_paper    -                GET  302 302 302 302 200 200 200
admin:surveys_response_paper    -               POST  302 302 302 302 200 200 200
admin:surveys_entry_code          coded-entry     GET 302 302 302 302 200 200 200
admin:surveys_entry_code          coded-entry    POST 302 302 302 302 422 422 422
admin:surveys_entry_code          unsent-entry    GET 302 302 302 302 404 404 404
admin:surveys_need_matrix         -               GET 302 302 302 302 200 200 200
admin:surveys_need_merge          need-key        GET 302 302 302 302 200 200 200
admin:surveys_need_merge          need-key       POST 302 302 302 302 422 422 422
admin:surveys_need_split          need-key        GET 302 302 302 302 200 200 200
admin:surveys_need_split          need-key       POST 302 302 302 302 422 422 422
admin:surveys_round_overview      round-key       GET 302 302 302 302 200 200 200
admin:surveys_round_codings_csv   round-key       GET 302 302 302 302 200 200 200
admin:knowledgebase_solution_return   solution-key  GET 302 302 302 302 200 200 200
admin:knowledgebase_solution_return   solution-key POST 302 302 302 302 200 200 200
admin:knowledgebase_solution_review   solution-key  GET 302 302 302 302 200 200 200
admin:knowledgebase_solution_review   solution-key POST 302 302 302 302 200 200 200
admin:knowledgebase_solution_snapshot snapshot      GET 302 302 302 302 200 200 200
admin:knowledgebase_solution_snapshot snapshot     POST 302 302 302 302 409 409 409
""")

KEYS = {(row.name, row.case, row.method) for row in ROWS}


def parse_admin(table: str) -> dict[str, dict[str, str]]:
    rights = {}
    for model, lead, superuser in map(str.split, filter(None, table.splitlines())):
        rights[model] = {"lead": lead, "second_lead": lead, "superuser": superuser}
    return rights


# Rights in the admin: v(iew), a(dd), c(hange), d(elete). Everybody else is sent to the sign-in page.
# model                      lead superuser
ADMIN = parse_admin("""
actions_actionitem           vacd vacd
auth_group                   -    vacd
directory_membership         vacd vacd
directory_organisation       vacd vacd
directory_person             vacd vacd
directory_targetgroup        vacd vacd
directory_groupsubscription  vd   vd
directory_topic              vacd vacd
directory_user               vcd  vcd
knowledgebase_lifesituation  vacd vacd
knowledgebase_publicservice  vacd vacd
knowledgebase_reuse          vacd vacd
knowledgebase_solution       vacd vacd
knowledgebase_suggestion     vd   vd
knowledgebase_transfer       v    v
lib_auditrecord              v    v
lib_missedsearch             vd   vd
lib_outgoingmail             v    vc
lib_synonymgroup             vacd vacd
pages_barrierreport          vcd  vcd
pages_contactrequest         vcd  vcd
pages_page                   vc   vacd
sessions_app_agendaproposal  vcd  vcd
sessions_app_event           vacd vacd
sessions_app_registration    vcd  vcd
sessions_app_recommendation  vac  vac
sessions_app_report          vacd vacd
sessions_app_series          vacd vacd
sessions_app_reviewcomment   vcd  vcd
sessions_app_subscription    vd   vd
sessions_app_topiccollection vacd vacd
sessions_app_workshoptopic   vacd vacd
surveys_coding               v    v
surveys_invitation           vacd vacd
surveys_entry                vc   vc
surveys_match                vac  vac
surveys_need                 vac  vac
surveys_question             vacd vacd
surveys_questionnaire        vacd vacd
surveys_questionnaireversion v    v
surveys_response             v    v
surveys_round                vacd vacd
surveys_section              vacd vacd
""")
