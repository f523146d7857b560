"""The routes, each with the roles that may use it: the one place that says who may do what."""

from campaign.core.access import Role
from campaign.record.access import accounts, common_sign_in, mail_links, passkeys, sign_in
from campaign.record.access import slips as own_slips
from campaign.record.desk import overview as editing
from campaign.record.desk import word_uploads
from campaign.record.office import (
    api,
    dispatches,
    evidence,
    ledger,
    lists,
    membership,
    people,
    reminded,
    reminder_round,
    reminders,
    reports,
    seen,
    sheets,
    slips,
    tokens,
    trail,
    units,
)
from campaign.record.office import overview as office
from campaign.record.office.roster import preview, roster
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
    Rule("POST", "/xac-nhan/{post}", confirming.record_confirmation, MEMBER),
    Rule("GET", "/trang-thai/{post}.json", confirming.show_state, ANYONE),
    Rule("GET", "/bien-nhan/{sequence}.json", receipts.download_receipt, MEMBER),
    Rule("GET", "/bien-nhan/{sequence}.tlog-proof", receipts.download_proof, MEMBER),
    Rule("GET", "/bien-nhan/{sequence}", receipts.show_receipt, MEMBER),
    Rule("GET", "/api/openapi.json", api.describe_api, ANYONE),
    Rule("GET", "/api/bai", api.list_posts, ANYONE),
    Rule("GET", "/api/bai/{post}", api.show_post, ANYONE),
    Rule("GET", "/kiem-chung", receipts.show_verification, ANYONE),
    Rule("GET", "/kiem-chung/khoa-cong-khai.txt", receipts.download_policy, ANYONE),
    Rule("GET", "/kiem-chung/verify.pyz", receipts.download_verifier, ANYONE),
    Rule("GET", "/cua-toi", receipts.show_mine, MEMBER),
    Rule("GET", "/vao", sign_in.show_sign_in, ANYONE),
    Rule("POST", "/vao", own_slips.sign_in, ANYONE),
    Rule("GET", "/vao/phieu/{token}", own_slips.show_slip, ANYONE),
    Rule("POST", "/vao/phieu/{token}", own_slips.sign_in_by_slip, ANYONE),
    Rule("POST", "/vao/thu", mail_links.send_link, ANYONE),
    Rule("GET", "/vao/thu/{token}", mail_links.show_link, ANYONE),
    Rule("POST", "/vao/thu/{token}", mail_links.sign_in_by_link, ANYONE),
    Rule("GET", common_sign_in.START_PATH, common_sign_in.ask_provider, ANYONE),
    Rule("GET", common_sign_in.RETURN_PATH, common_sign_in.show_return, ANYONE),
    Rule("POST", common_sign_in.RETURN_PATH, common_sign_in.sign_in_by_provider, ANYONE),
    Rule("POST", "/vao/co-quan", sign_in.sign_in_by_proxy, ANYONE),
    Rule("GET", own_slips.OWN_SLIP_PATH, own_slips.show_own_slip, MEMBER),
    Rule("POST", own_slips.OWN_SLIP_PATH, own_slips.change_own_slip, MEMBER),
    Rule("POST", "/cua-toi/thiet-bi", own_slips.end_other_sessions, MEMBER),
    Rule("POST", "/ra", sign_in.sign_out, ANYONE),
    Rule("GET", "/van-phong", office.show_office, FIGURES),
    Rule("GET", "/van-phong/vao", accounts.show_sign_in, ANYONE),
    Rule("POST", "/van-phong/vao", accounts.sign_in, ANYONE),
    Rule("POST", "/van-phong/vao/khoa", passkeys.sign_in_by_passkey, ANYONE),
    Rule("GET", passkeys.PASSKEYS_PATH, passkeys.show_passkeys, STAFF, proof=True),
    Rule("POST", passkeys.PASSKEYS_PATH, passkeys.register_passkey, STAFF, proof=True),
    Rule("POST", "/van-phong/khoa/bo", passkeys.drop_passkey, STAFF, proof=True),
    Rule("POST", "/van-phong/ra", sign_in.sign_out, ANYONE),
    Rule("GET", PROOF_PATH, accounts.show_proof, STAFF),
    Rule("POST", PROOF_PATH, accounts.give_proof, STAFF),
    Rule("GET", "/van-phong/phien", accounts.show_sessions, STAFF),
    Rule("POST", "/van-phong/phien", accounts.end_session, STAFF),
    Rule("GET", "/van-phong/bai/{post}", office.show_office_post, FIGURES),
    Rule("GET", "/van-phong/bai/{post}/danh-sach", lists.show_office_list, FIGURES),
    Rule("GET", "/van-phong/bai/{post}/khong-con", lists.show_strangers, OFFICE),
    Rule(
        "GET",
        "/van-phong/bai/{post}/danh-sach.csv",
        lists.download_list,
        FIGURES,
        proof=True,
        exports="danh sách của bài",
    ),
    Rule("GET", "/van-phong/bai/{post}/dang-gui", dispatches.show_dispatches, OFFICE),
    Rule("POST", "/van-phong/bai/{post}/dang-gui", dispatches.post_dispatch, OFFICE),
    Rule("GET", "/van-phong/bai/{post}/da-xem", seen.show_seen, OFFICE, proof=True),
    Rule("POST", "/van-phong/bai/{post}/da-xem", seen.preview_seen, OFFICE, proof=True),
    Rule("POST", "/van-phong/bai/{post}/da-xem/ghi", seen.record_seen_list, OFFICE, proof=True),
    Rule("GET", "/van-phong/bai/{post}/bao-cao", reports.show_reports, OFFICE),
    Rule(
        "POST", "/van-phong/bai/{post}/bao-cao", reports.download_report, OFFICE, proof=True, exports="báo cáo của bài"
    ),
    Rule("POST", "/van-phong/bai/{post}/bao-cao/mau", reports.replace_template, OFFICE, proof=True),
    Rule("GET", "/van-phong/bai/{post}/phieu-ky", sheets.show_sheets, OFFICE),
    Rule("POST", "/van-phong/bai/{post}/phieu-ky", sheets.make_sheets, OFFICE),
    Rule("GET", "/van-phong/phieu-ky/{sheet}/in", sheets.show_printed, OFFICE, proof=True, exports="phiếu ký"),
    Rule("GET", "/van-phong/phieu-ky/{sheet}", sheets.show_sheet, OFFICE, proof=True),
    Rule("POST", "/van-phong/phieu-ky/{sheet}", sheets.enter_sheet, OFFICE, proof=True),
    Rule("GET", "/van-phong/nguoi", people.show_people, OFFICE),
    Rule("GET", "/van-phong/nguoi/{member}", people.show_person, OFFICE, proof=True),
    Rule("POST", "/van-phong/nguoi/{member}", people.post_note, OFFICE, proof=True),
    Rule("GET", membership.MOVE_PATH, membership.show_move, OFFICE, proof=True),
    Rule("POST", membership.MOVE_PATH, membership.move, OFFICE, proof=True),
    Rule("GET", membership.REMOVAL_PATH, membership.show_removal, OFFICE, proof=True),
    Rule("POST", membership.REMOVAL_PATH, membership.remove, OFFICE, proof=True),
    Rule("GET", reminders.PAGE_PATH, reminders.show_reminders, FIGURES),
    Rule("GET", reminder_round.ROUND_PATH, reminder_round.show_round, OFFICE, proof=True),
    Rule("POST", reminder_round.ROUND_PATH, reminder_round.send_round, OFFICE, proof=True),
    Rule("GET", "/van-phong/nhac/da-gui", reminded.show_reminded, FIGURES),
    Rule("GET", "/van-phong/nhac/loi-nhac", reminded.show_texts, FIGURES, proof=True, exports="lời nhắc"),
    Rule("POST", "/van-phong/nhac/cong-van", reports.download_letter, OFFICE, proof=True, exports="công văn đôn đốc"),
    Rule(
        "GET",
        "/van-phong/bien-nhan/{sequence}.json",
        receipts.download_receipt_of_person,
        OFFICE,
        proof=True,
        exports="biên nhận số",
    ),
    Rule("GET", "/van-phong/bien-nhan/{sequence}", receipts.show_receipt_of_person, OFFICE),
    Rule("GET", roster.PAGE_PATH, roster.show_roster, OFFICE),
    Rule("POST", roster.PAGE_PATH, preview.hand_in_list, OFFICE),
    Rule("GET", preview.PREVIEW_PATH, preview.show_preview, OFFICE, proof=True),
    Rule("POST", preview.CHOICES_PATH, preview.choose, OFFICE, proof=True),
    Rule("POST", preview.PREVIEW_PATH, preview.apply_list, OFFICE, proof=True),
    Rule("POST", "/van-phong/danh-sach/hoan-tac", roster.undo_change, OFFICE, proof=True),
    Rule("GET", units.PAGE_PATH, units.show_units, OFFICE, proof=True),
    Rule("POST", units.PAGE_PATH, units.post_change, OFFICE, proof=True),
    Rule("GET", "/van-phong/phieu", slips.show_slips, OFFICE, proof=True),
    Rule("POST", "/van-phong/phieu", slips.print_slips, OFFICE, proof=True, exports="phiếu truy cập"),
    Rule("GET", tokens.PAGE_PATH, tokens.show_tokens, OFFICE, proof=True),
    Rule("POST", tokens.PAGE_PATH, tokens.make_token, OFFICE, proof=True),
    Rule("POST", tokens.REVOCATION_PATH, tokens.revoke, OFFICE, proof=True),
    Rule("GET", trail.PAGE_PATH, trail.show_trail, OFFICE),
    Rule("GET", "/van-phong/so", ledger.show_ledger, EVIDENCE),
    Rule(
        "POST", "/van-phong/so/bang-chung", evidence.download_evidence, EVIDENCE, proof=True, exports="gói bằng chứng"
    ),
    Rule("GET", word_uploads.UPLOAD_PATH, word_uploads.show_upload, HANDING_IN),
    Rule("POST", word_uploads.UPLOAD_PATH, word_uploads.convert_document, HANDING_IN),
    Rule("POST", word_uploads.FETCH_PATH, word_uploads.fetch_post, HANDING_IN),
    Rule("GET", "/van-phong/bien-tap", editing.show_editing, EDITING),
)
ROUTES = [rule.to_route() for rule in RULES]
