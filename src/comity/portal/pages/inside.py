"""The pages of those who work in the portal: signing in, their account, people, the log, review and upload."""

from comity.portal.pages import account, audit, people, sign_in

INSIDE = (
    sign_in.sign_in_page,
    sign_in.sign_in,
    sign_in.code_page,
    sign_in.code,
    sign_in.sign_out,
    sign_in.invitation_page,
    sign_in.join,
    account.account_page,
    account.change_password,
    account.begin_factor,
    account.confirm_factor,
    account.end_factor,
    account.end_sessions,
    account.make_token,
    account.drop_token,
    people.people_page,
    people.invite,
    people.withdraw,
    people.set_role,
    people.shut,
    people.reset,
    audit.audit_page,
)
