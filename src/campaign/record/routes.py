"""The routes, each with the roles that may use it: the one place that says who may do what."""

from campaign.core.access import Role
from campaign.record.access import access, accounts, mail_access, oidc_access, passkeys, slip_access
from campaign.record.desk import overview as editing
from campaign.record.desk import word_uploads
from campaign.record.office import (
    api,
    dispatches,
    evidence,
    ledger,
    people,
    reminders,
    reports,
    rosters,
    seen,
    sheets,
    slips,
    units,
)
from campaign.record.office import overview as office
from campaign.record.reader import confirming, receipts
from campaign.record.web.admission import ANYONE, MEMBER, PROOF_PATH, STAFF, Rule

OFFICE = frozenset({Role.OFFICE})
FIGURES = frozenset({Role.OFFICE, Role.UNIT_HEAD})
"""Who sees how people stand: a unit head that of the own unit only."""
EVIDENCE = frozenset({Role.OFFICE, Role.AUDITOR})
EDITING = frozenset({Role.OFFICE, Role.EDITOR})
HANDING_IN = EDITING | {Role.UNIT_HEAD}

RULES = (
    Rule("GET", "/xac-nhan/{post}", confirming.show_confirm, MEMBER),
    Rule("POST", "/xac-nhan/{post}", confirming.take_confirmation, MEMBER),
    Rule("GET", "/trang-thai/{post}.json", confirming.tell_state, ANYONE),
    Rule("GET", "/bien-nhan/{sequence}.json", receipts.download_receipt, MEMBER),
    Rule("GET", "/bien-nhan/{sequence}", receipts.show_receipt, MEMBER),
    Rule("GET", "/api/openapi.json", api.describe_api, ANYONE),
    Rule("GET", "/api/bai", api.list_posts, ANYONE),
    Rule("GET", "/api/bai/{post}", api.show_post, ANYONE),
    Rule("GET", "/kiem-chung", receipts.show_verification, ANYONE),
    Rule("GET", "/cua-toi", receipts.show_mine, MEMBER),
    Rule("GET", "/vao", access.show_sign_in, ANYONE),
    Rule("POST", "/vao", slip_access.sign_in, ANYONE),
    Rule("GET", "/vao/phieu/{token}", slip_access.show_slip, ANYONE),
    Rule("POST", "/vao/phieu/{token}", slip_access.sign_in_by_slip, ANYONE),
    Rule("POST", "/vao/thu", mail_access.send_link, ANYONE),
    Rule("GET", "/vao/thu/{token}", mail_access.show_link, ANYONE),
    Rule("POST", "/vao/thu/{token}", mail_access.sign_in_by_link, ANYONE),
    Rule("GET", oidc_access.START_PATH, oidc_access.ask_provider, ANYONE),
    Rule("GET", oidc_access.RETURN_PATH, oidc_access.show_return, ANYONE),
    Rule("POST", oidc_access.RETURN_PATH, oidc_access.sign_in_by_provider, ANYONE),
    Rule("POST", "/vao/co-quan", access.sign_in_by_proxy, ANYONE),
    Rule("GET", slip_access.OWN_SLIP_PATH, slip_access.show_own_slip, MEMBER),
    Rule("POST", slip_access.OWN_SLIP_PATH, slip_access.change_own_slip, MEMBER),
    Rule("POST", "/cua-toi/thiet-bi", slip_access.end_other_sessions, MEMBER),
    Rule("POST", "/ra", access.sign_out, ANYONE),
    Rule("GET", "/van-phong", office.show_office, FIGURES),
    Rule("GET", "/van-phong/vao", accounts.show_sign_in, ANYONE),
    Rule("POST", "/van-phong/vao", accounts.sign_in, ANYONE),
    Rule("POST", "/van-phong/vao/khoa", passkeys.sign_in_by_passkey, ANYONE),
    Rule("GET", passkeys.PASSKEYS_PATH, passkeys.show_passkeys, STAFF, proof=True),
    Rule("POST", passkeys.PASSKEYS_PATH, passkeys.take_passkey, STAFF, proof=True),
    Rule("POST", "/van-phong/khoa/bo", passkeys.drop_passkey, STAFF, proof=True),
    Rule("POST", "/van-phong/ra", access.sign_out, ANYONE),
    Rule("GET", PROOF_PATH, accounts.show_proof, STAFF),
    Rule("POST", PROOF_PATH, accounts.take_proof, STAFF),
    Rule("GET", "/van-phong/phien", accounts.show_sessions, STAFF),
    Rule("POST", "/van-phong/phien", accounts.end_session, STAFF),
    Rule("GET", "/van-phong/bai/{post}", office.show_office_post, FIGURES),
    Rule("GET", "/van-phong/bai/{post}/danh-sach", office.show_office_list, FIGURES),
    Rule("GET", "/van-phong/bai/{post}/khong-con", office.show_strangers, OFFICE),
    Rule("GET", "/van-phong/bai/{post}/danh-sach.csv", office.download_list, FIGURES, proof=True),
    Rule("GET", "/van-phong/bai/{post}/dang-gui", dispatches.show_dispatches, OFFICE),
    Rule("POST", "/van-phong/bai/{post}/dang-gui", dispatches.take_dispatch, OFFICE),
    Rule("GET", "/van-phong/bai/{post}/da-xem", seen.show_seen, OFFICE),
    Rule("POST", "/van-phong/bai/{post}/da-xem", seen.take_seen, OFFICE),
    Rule("POST", "/van-phong/bai/{post}/da-xem/ghi", seen.keep_seen, OFFICE),
    Rule("GET", "/van-phong/bai/{post}/bao-cao", reports.show_reports, OFFICE),
    Rule("POST", "/van-phong/bai/{post}/bao-cao", reports.download_report, OFFICE, proof=True),
    Rule("POST", "/van-phong/bai/{post}/bao-cao/mau", reports.take_template, OFFICE, proof=True),
    Rule("GET", "/van-phong/bai/{post}/phieu-ky", sheets.show_sheets, OFFICE),
    Rule("POST", "/van-phong/bai/{post}/phieu-ky", sheets.make_sheets, OFFICE),
    Rule("GET", "/van-phong/phieu-ky/{sheet}/in", sheets.show_printed, OFFICE),
    Rule("GET", "/van-phong/phieu-ky/{sheet}", sheets.show_sheet, OFFICE, proof=True),
    Rule("POST", "/van-phong/phieu-ky/{sheet}", sheets.enter_sheet, OFFICE, proof=True),
    Rule("GET", "/van-phong/nguoi", people.show_people, OFFICE),
    Rule("GET", "/van-phong/nguoi/{member}", people.show_person, OFFICE),
    Rule("POST", "/van-phong/nguoi/{member}", people.take_note, OFFICE),
    Rule("GET", reminders.PAGE_PATH, reminders.show_reminders, FIGURES),
    Rule("GET", reminders.ROUND_PATH, reminders.show_round, OFFICE, proof=True),
    Rule("POST", reminders.ROUND_PATH, reminders.send_round, OFFICE, proof=True),
    Rule("GET", "/van-phong/nhac/da-gui", reminders.show_reminded, FIGURES),
    Rule("GET", "/van-phong/nhac/loi-nhac", reminders.show_texts, FIGURES),
    Rule("POST", "/van-phong/nhac/cong-van", reports.download_letter, OFFICE, proof=True),
    Rule("GET", "/van-phong/bien-nhan/{sequence}.json", receipts.download_receipt_of_person, OFFICE),
    Rule("GET", "/van-phong/bien-nhan/{sequence}", receipts.show_receipt_of_person, OFFICE),
    Rule("GET", "/van-phong/danh-sach", rosters.show_roster, OFFICE),
    Rule("POST", "/van-phong/danh-sach", rosters.take_list, OFFICE),
    Rule("GET", "/van-phong/danh-sach/xem-truoc", rosters.show_preview, OFFICE, proof=True),
    Rule("POST", "/van-phong/danh-sach/xem-truoc", rosters.apply_list, OFFICE, proof=True),
    Rule("POST", "/van-phong/danh-sach/hoan-tac", rosters.undo_change, OFFICE, proof=True),
    Rule("GET", units.PAGE_PATH, units.show_units, OFFICE, proof=True),
    Rule("POST", units.PAGE_PATH, units.take_change, OFFICE, proof=True),
    Rule("GET", "/van-phong/phieu", slips.show_slips, OFFICE, proof=True),
    Rule("POST", "/van-phong/phieu", slips.print_slips, OFFICE, proof=True),
    Rule("GET", "/van-phong/so", ledger.show_ledger, EVIDENCE),
    Rule("POST", "/van-phong/so/bang-chung", evidence.download_evidence, EVIDENCE, proof=True),
    Rule("GET", word_uploads.UPLOAD_PATH, word_uploads.show_upload, HANDING_IN),
    Rule("POST", word_uploads.UPLOAD_PATH, word_uploads.take_document, HANDING_IN),
    Rule("POST", word_uploads.FETCH_PATH, word_uploads.fetch_post, HANDING_IN),
    Rule("GET", "/van-phong/bien-tap", editing.show_editing, EDITING),
)
ROUTES = [rule.to_route() for rule in RULES]
