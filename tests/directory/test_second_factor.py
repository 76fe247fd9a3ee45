import re
from base64 import b32decode
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from urllib.parse import unquote, urlencode

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from ogl_portal.directory import second_factor
from ogl_portal.directory.models import BackupCode, User
from ogl_portal.directory.own_data import stored_of
from ogl_portal.directory.workflow import create_sign_in_link
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.registry import desk_boxes
from tests.second_factor import code_of, code_of_key, give_factor

pytestmark = pytest.mark.django_db
PAGE = "/mein-bereich/zweiter-faktor/"
CODE, SET_UP, CODES, REMOVE = [f"{PAGE}{name}/" for name in ["code", "einrichten", "backup-codes", "entfernen"]]
USERS = "/admin/directory/user/"


@pytest.fixture
def newcomer(lead):
    """A lead who has signed in and has no second factor yet."""
    lead.user.second_factor_since = None
    lead.user.save()
    return lead


def text_of(response) -> str:
    return response.content.decode()


def shown_codes(response) -> list[str]:
    return re.findall(r"<li><code>([\w-]+)</code>", text_of(response))


# Set up


def test_setting_up_shows_codes_once_and_opens_the_wanted_page(newcomer, django_capture_on_commit_callbacks):
    page = newcomer.client.get("/admin/directory/person/", follow=True)
    letters = re.search(r'class="ogl-secret">([A-Z2-7 ]+)<', text_of(page))[1]
    assert 'src="data:image/svg+xml' in text_of(page) and "secret=" + letters.replace(" ", "") in text_of(page)
    key = newcomer.client.session["second_factor_key"]
    assert b32decode(letters.replace(" ", "")).hex() == key and {len(part) for part in letters.split()} == {4}
    wrong = newcomer.client.post(SET_UP, {"code": "000000", "next": "/admin/directory/person/"})
    assert "stimmt nicht" in text_of(wrong) and letters in text_of(wrong)
    with django_capture_on_commit_callbacks(execute=True):
        done = newcomer.client.post(SET_UP, {"code": f" {code_of_key(key)} ", "next": "/admin/directory/person/"})
    codes = shown_codes(done)
    assert len(set(codes)) == 10
    assert unquote(re.search('href="(data:[^"]+)', text_of(done))[1]).splitlines()[1:] == codes
    assert 'href="/admin/directory/person/"' in text_of(done) and "no-store" in done["Cache-Control"]
    assert newcomer.client.get("/admin/directory/person/").status_code == 200
    assert "second_factor_key" not in newcomer.client.session
    assert "eingerichtet" in mail.outbox[0].body and not any(code in mail.outbox[0].body for code in codes)


def test_backup_codes_are_stored_as_hashes_only(newcomer):
    key = newcomer.client.get(SET_UP) and newcomer.client.session["second_factor_key"]
    codes = shown_codes(newcomer.client.post(SET_UP, {"code": code_of_key(key)}))
    stored = set(BackupCode.objects.values_list("code_hash", flat=True))
    assert len(stored) == 10 and all(len(each) == 64 for each in stored)
    assert not any(code.replace("-", "") in each for code in codes for each in stored)


def test_replacing_keeps_the_earlier_device_until_the_new_one_works_and_those_of_others(lead, second_lead):
    earlier, of_other = give_factor(lead.user), give_factor(second_lead.user)
    since = second_lead.user.second_factor_since
    lead.client.force_login(lead.user)
    assert lead.client.get(SET_UP).url.startswith(CODE)
    lead.client.post(CODE, {"code": code_of(lead.user)})
    lead.client.get(SET_UP)
    lead.client.post(SET_UP, {"code": "000000"})
    assert set(TOTPDevice.objects.all()) == {earlier, of_other}
    key = lead.client.session["second_factor_key"]
    lead.client.post(SET_UP, {"code": code_of_key(key)})
    assert set(TOTPDevice.objects.values_list("key", flat=True)) == {key, of_other.key}
    assert "gewechselt" in OutgoingMail.objects.get().text
    second_factor.remove(user=lead.user)
    assert TOTPDevice.objects.get() == of_other
    assert User.objects.get(pk=second_lead.user.pk).second_factor_since == since
    assert tries(lead.user, ["000000"]) == ["WrongCode"] and not lead.user.backup_codes.exists()
    second_factor.renew_codes(user=lead.user)
    noted = AuditRecord.objects.filter(kind="access", actor_key=lead.user.pk, object_key=lead.user.pk).order_by("pk")
    assert list(noted.values_list("what", flat=True))[-3:] == [
        "Zweiten Faktor gewechselt", "Zweiten Faktor entfernt", "Neue Backup-Codes angefordert"
    ]  # fmt: skip


def test_pages_are_for_who_works_in_the_admin_and_ask_once(member, lead, newcomer):
    assert [member.client.get(path).status_code for path in [PAGE, CODE, SET_UP, CODES, REMOVE]] == [403] * 5
    assert newcomer.client.post(SET_UP, {"code": "000000"}).status_code == 200
    give_factor(lead.user)
    lead.client.post(CODE, {"code": code_of(lead.user)})
    assert lead.client.get(f"{CODE}?next={USERS}").url == USERS


def test_changes_ask_for_the_second_factor_first(lead):
    give_factor(lead.user)
    lead.client.force_login(lead.user)
    for path in [SET_UP, CODES, REMOVE]:
        for answer in [lead.client.get(path), lead.client.post(path)]:
            assert answer.url == f"{CODE}?{urlencode({'next': path})}"
        assert Client().get(path).url.startswith("/anmelden/")
    assert User.objects.get(pk=lead.user.pk).second_factor_since


def test_removing_closes_the_admin_and_tells_the_owner(lead):
    give_factor(lead.user)
    assert lead.client.post(CODE, {"code": code_of(lead.user)}).url == "/admin/"
    assert "Ihr zweiter Faktor ist entfernt." in text_of(lead.client.post(REMOVE, follow=True))
    assert not TOTPDevice.objects.exists()
    assert lead.client.get("/admin/").url.startswith(SET_UP)
    assert "entfernt" in OutgoingMail.objects.get().text
    assert AuditRecord.objects.get(kind="access").what == "Zweiten Faktor entfernt"


def test_new_codes_and_removing_are_for_who_has_a_factor(lead, newcomer):
    assert newcomer.client.get(f"{CODE}?next=/admin/").url == f"{SET_UP}?{urlencode({'next': '/admin/'})}"
    assert newcomer.client.post(CODES).url == newcomer.client.post(REMOVE).url == PAGE
    assert not BackupCode.objects.exists() and not OutgoingMail.objects.exists()
    give_factor(lead.user)
    lead.client.post(CODE, {"code": code_of(lead.user)})
    assert len(shown_codes(lead.client.post(CODES))) == second_factor.BACKUP_CODES


# Codes


def tries(user, codes) -> list[str]:
    outcomes = []
    for code in codes:
        try:
            outcomes.append(second_factor.check(user=user, code=code) or "right")
        except second_factor.WrongCode as refusal:
            outcomes.append(type(refusal).__name__)
    return outcomes


def test_code_counts_once_and_only_while_it_is_fresh(lead, time_machine):
    time_machine.move_to("2026-03-02T09:00:00+01:00", tick=False)
    give_factor(lead.user)
    code = code_of(lead.user)
    time_machine.shift(timedelta(seconds=90))
    assert tries(lead.user, [code]) == ["WrongCode"]
    code = code_of(lead.user)
    assert tries(lead.user, [f"{code[:3]} {code[3:]}", code]) == ["right", "WrongCode"]
    time_machine.shift(timedelta(seconds=30))
    assert tries(lead.user, [code, code_of(lead.user)]) == ["WrongCode", "right"]


def test_app_code_counts_for_its_owner_only_and_so_do_the_tries(lead, second_lead):
    device, _ = give_factor(lead.user), give_factor(second_lead.user)
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=False)
    assert tries(lead.user, [code_of(second_lead.user), code_of(lead.user), *["000000"] * 8]) == ["WrongCode"] * 10
    foreign = code_of(second_lead.user).translate({ord("0") + digit: ord("٠") + digit for digit in range(10)})
    assert tries(second_lead.user, [foreign, code_of(second_lead.user)]) == ["WrongCode", "right"]


def test_backup_code_counts_once_for_its_owner_only_until_there_are_new_ones(lead, second_lead):
    second_factor.renew_codes(user=second_lead.user)
    assert "neue Backup-Codes angefordert" in OutgoingMail.objects.get().text
    hashes = {second_factor.hash_of_code(user, "abc") for user in [lead.user, second_lead.user]}
    assert len(hashes) == 2
    first, second, *_ = second_factor.renew_codes(user=lead.user)
    assert tries(second_lead.user, [first]) == ["WrongCode"] and re.fullmatch(r"\w{4}-\w{4}-\w{4}", first)
    assert tries(lead.user, [first.upper().replace("-", " "), first]) == ["right", "WrongCode"]
    assert "Es bleiben 9" in OutgoingMail.objects.filter(recipient=lead.user.email).first().text
    second_factor.renew_codes(user=lead.user)
    assert tries(lead.user, [second]) == ["WrongCode"]


@pytest.mark.parametrize("code", ["", "x" * 100, "١٢٣٤٥٦", "12345\x00", "9" * 40, "\ud83d", "²³¹⁰⁰⁰"])
def test_code_that_is_none_is_refused_in_words(lead, code):
    give_factor(lead.user)
    lead.client.force_login(lead.user)
    response = lead.client.post(CODE, {"code": code.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200 and "<title>Fehler:" in text_of(response)


def test_app_code_is_six_digits_of_ours(lead):
    with pytest.raises(second_factor.WrongCode):
        second_factor.set_up(user=lead.user, key="00" * 20, code="0" + code_of_key("00" * 20))
    second_factor.set_up(user=lead.user, key="00" * 20, code=code_of_key("00" * 20))
    assert AuditRecord.objects.get(kind="access").actor_key == lead.user.pk
    assert second_factor.is_app_code("012345")
    assert not any(map(second_factor.is_app_code, ["", "12345", "0012345", "١٢٣٤٥٦", "12345a", "+12345"]))


def test_right_code_after_too_many_wrong_ones_waits_for_the_next_hour(lead, time_machine):
    time_machine.move_to("2026-03-02T09:10:00+01:00", tick=False)
    give_factor(lead.user)
    assert tries(lead.user, ["000000"] * 10 + [code_of(lead.user)]) == ["WrongCode"] * 10 + ["TooManyCodes"]
    with pytest.raises(second_factor.TooManyCodes, match="in einer Stunde"):
        second_factor.check(user=lead.user, code="000000")
    time_machine.move_to("2026-03-02T10:00:00+01:00", tick=False)
    assert tries(lead.user, [code_of(lead.user)]) == ["right"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_backup_code", [False, True])
def test_one_code_in_parallel_is_taken_once_and_the_limit_is_exact(lead, is_backup_code):
    give_factor(lead.user)
    code = second_factor.new_codes(lead.user)[0] if is_backup_code else code_of(lead.user)
    start = Barrier(12)

    def try_once(_):
        try:
            start.wait(timeout=20)
            return tries(lead.user, [code])[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(try_once, range(12)))
    assert [outcomes.count(each) for each in ["right", "WrongCode", "TooManyCodes"]] == [1, 9, 2]


def test_signing_in_again_revives_no_factor_and_renews_the_session(lead):
    give_factor(lead.user)
    lead.client.force_login(lead.user)
    lead.client.post(CODE, {"code": code_of(lead.user)})
    assert lead.client.get("/admin/").status_code == 200
    earlier = lead.client.session.session_key
    lead.client.post(create_sign_in_link(user=lead.user))
    assert lead.client.get("/admin/").url.startswith(CODE)
    assert lead.client.session.session_key != earlier and lead.user.browsers.count() == 1


# A lost device


def test_second_lead_resets_a_lost_factor_and_the_owner_is_told_and_signed_out(lead, second_lead):
    give_factor(lead.user)
    stolen = Client()
    stolen.force_login(lead.user)
    data = {"action": "reset_second_factor", "_selected_action": [lead.user.pk]}
    assert "neu ein" in text_of(second_lead.client.post(USERS, data, follow=True))
    lead.user.refresh_from_db()
    assert lead.user.second_factor_since is None and not TOTPDevice.objects.exists()
    assert stolen.get("/mein-bereich/").status_code == lead.client.get("/mein-bereich/").status_code == 302
    sent = OutgoingMail.objects.get()
    assert sent.recipient == lead.user.email and str(second_lead.user) in sent.text
    assert "zurückgesetzt" in text_of(second_lead.client.get(f"{USERS}{lead.user.pk}/history/"))
    row = AuditRecord.objects.get(kind="access")
    assert (row.what, row.actor_key, row.object_key) == (
        "Zweiten Faktor zurückgesetzt", second_lead.user.pk, str(lead.user.pk)
    )  # fmt: skip


def test_lead_resets_neither_a_superuser_nor_the_own_factor(lead, superuser):
    data = {"action": "reset_second_factor", "_selected_action": [lead.user.pk, superuser.user.pk]}
    lead.client.post(USERS, data)
    assert User.objects.filter(second_factor_since=None).count() == 0


def test_command_resets_a_lost_factor(lead, capsys):
    give_factor(lead.user)
    call_command("reset_second_factor", lead.user.email.upper())
    assert "neu ein" in capsys.readouterr().out and not TOTPDevice.objects.exists()
    assert AuditRecord.objects.get(kind="access").actor == "Systemverwaltung"
    for email in [lead.user.email, "niemand@example.org"]:
        with pytest.raises(CommandError):
            call_command("reset_second_factor", email)


# What the lead sees, and what the person may read and delete


def test_lead_sees_who_has_no_second_factor_yet(newcomer, second_lead, member):
    box = next(box for box in desk_boxes.ask(user=second_lead.user) if box.title == "Verwaltung ohne zweiten Faktor")
    assert [link.text for link in box.links] == [str(newcomer.user)]
    shown = {value: second_lead.client.get(USERS, {"zweiter-faktor": value}).context["cl"] for value in ["ja", "fehlt"]}
    assert set(shown["fehlt"].queryset) == {newcomer.user} and second_lead.user in shown["ja"].queryset
    assert second_lead.client.get(box.url).status_code == 200


def test_own_data_names_factor_codes_and_browsers(lead):
    give_factor(lead.user)
    second_factor.new_codes(lead.user)
    counts = {each.declaration.title: each.count for each in stored_of(lead.user)}
    assert counts["Wo Sie angemeldet sind"] == counts["Ihr zweiter Faktor"] == 1
    assert counts["Ihre Backup-Codes"] == second_factor.BACKUP_CODES
