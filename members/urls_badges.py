"""Party age, badges, cards and rewards: of a body, and of one member."""

from django.urls import path

from members.views import awards, badge_register, badges, cards, party_age

body_urls = [
    path("badges/", badges.list_badges, name="badges"),
    path("badges/propose/", badges.propose_badges, name="propose_badges"),
    path("badges/proposals/", badges.list_proposals, name="badge_proposals"),
    path("badges/award/", badges.award_badges, name="award_badges"),
    path("badges/hand-over/", badges.hand_over_badges, name="hand_over_badges"),
    path("badges/register/", badge_register.badge_register, name="badge_register"),
    path(
        "badges/register/<int:organisation_id>/<int:year>/<slug:place>/pdf/",
        badge_register.print_badge_register,
        name="print_badge_register",
    ),
    path(
        "badges/register/<int:organisation_id>/<int:year>/<slug:place>/xlsx/",
        badge_register.export_badge_register,
        name="export_badge_register",
    ),
    path("badges/<int:organisation_id>/<slug:round_on>/pdf/", badges.print_proposals, name="print_badge_proposals"),
    path("badges/<int:organisation_id>/<slug:round_on>/xlsx/", badges.export_proposals, name="export_badge_proposals"),
    path("awards/<int:organisation_id>/add/", awards.add_awards, name="add_awards"),
    path("cards/", cards.list_cards, name="cards"),
    path("cards/request/", cards.request_cards, name="request_cards"),
    path("cards/issue/", cards.issue_cards, name="issue_cards"),
    path("cards/<int:organisation_id>/check/", cards.check_cards, name="check_cards"),
    path("cards/<int:organisation_id>/<slug:kind>/pdf/", cards.print_cards, name="print_cards"),
    path("cards/<int:organisation_id>/<slug:kind>/xlsx/", cards.export_cards, name="export_cards"),
]
own_urls = [
    path("party-age/", party_age.show_party_age, name="party_age"),
    path("party-age/line/", party_age.party_line, name="party_line"),
    path("party-age/confirm/", party_age.confirm_party_age, name="confirm_party_age"),
    path("party-age/<int:confirmation_id>/void/", party_age.void_confirmation, name="void_confirmation"),
    path("badges/early/", party_age.propose_early, name="propose_early"),
    path("badges/posthumous/", party_age.propose_posthumous, name="propose_posthumous"),
    path("badges/enter/", party_age.enter_badge, name="enter_badge"),
    path("badges/<int:badge_id>/void/", party_age.void_badge, name="void_badge"),
    path("awards/add/", party_age.add_award, name="add_award"),
    path("awards/<int:award_id>/void/", party_age.void_award, name="void_award"),
    path("cards/issue/", cards.issue_card, name="issue_card"),
    path("cards/loss/", cards.report_loss, name="report_loss"),
    path("cards/damage/", cards.report_damage, name="report_damage"),
    path("cards/<int:card_id>/void/", cards.void_card, name="void_card"),
]
