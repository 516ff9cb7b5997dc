"""Fill an empty database with synthetic people, their history, and seasons in every state."""

import random
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation, Term, User
from config.demo.accounts import add_accounts, demo_password
from config.demo.admissions import seed_source
from config.demo.badges import give_badges
from config.demo.cases import play_cases
from config.demo.committees import hand_over_a_cell, seat_committees
from config.demo.consequences import add_years_running
from config.demo.endings import play_discipline, play_endings
from config.demo.files import keep_files
from config.demo.frames import issue_frames, score_some
from config.demo.moves import MovePlayer
from config.demo.official import hand_in_official_file
from config.demo.organisations import play_organisations
from config.demo.people import PeopleBuilder
from config.demo.planner import analyse
from config.demo.quality import spoil_and_check
from config.demo.quarters import follow_quarters
from config.demo.registers import RegisterPlayer
from config.demo.reratings import play_after_decisions
from config.demo.scale import SCALES
from config.demo.screening import play_screening
from config.demo.seasons import choose_sending_base, close_last_season, play_this_season
from config.demo.sheet import fill_sheets
from config.demo.supervision import plan_supervision
from config.demo.tree import REFORM, TreeBuilder
from config.demo.written import hand_in_papers

STORY_CELL_SIZE = 40


class Command(BaseCommand):
    help = "Nạp dữ liệu mẫu (người không có thật) vào cơ sở dữ liệu trống."

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=SCALES, default="commune")
        parser.add_argument("--seed", type=int, default=2013)
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="ngày của dữ liệu, mặc định hôm nay")

    def handle(self, *, scale, seed, on, **options):
        if Organisation.objects.exists():
            raise CommandError("Cơ sở dữ liệu đã có tổ chức đảng; dữ liệu mẫu chỉ nạp vào cơ sở dữ liệu trống.")
        on = on or timezone.localdate()
        with transaction.atomic():
            people = self._fill(SCALES[scale], random.Random(seed), on)
        self.stdout.write(f"Đã nạp {people} đảng viên mẫu. Mật khẩu: {demo_password()}")

    def _fill(self, scale, rng, on):
        by = User.objects.system("demo_data")
        tree = TreeBuilder(scale, by).build()
        terms = dict(Term.objects.values_list("organisation_id", "pk"))
        people = PeopleBuilder(rng, on, by, terms)
        tree.story.root = tree.root
        tree.story.story_cell = tree.cells[0]
        for cell in tree.cells:
            people.fill(cell, self._size(cell, tree, scale, rng))
        people.save()
        analyse()
        add_accounts(tree.story, by=by)
        seat_committees(tree.story, by=by)
        hand_over_a_cell(tree.cells[1], on, by=by)
        record("config.demo_data", tree.root, by=by, data={"members": people.serial, "cells": len(tree.cells)})
        play_endings(tree, on, by=by)
        choose_sending_base(tree, REFORM, by=by)
        close_last_season(tree, on.year - 1, rng, by=by)
        add_years_running(tree, on, by=by)
        issue_frames(tree, on, by=by)
        play_this_season(tree, on, rng, by=by)
        score_some(tree, on, by=by)
        play_after_decisions(tree, on, by=by)
        hand_in_papers(tree, on, by=by)
        play_organisations(on, by=by)
        follow_quarters(tree, on, by=by)
        MovePlayer(tree, on, by).play()
        RegisterPlayer(tree, on, random.Random(on.year), by).play()
        play_discipline(tree, on, by=by)
        fill_sheets(tree.story.story_cell, on, by=by)
        spoil_and_check(tree, on, by=by)
        give_badges(tree, on, by=by)
        keep_files(tree, random.Random(people.serial), on, by=by)
        seed_source(tree.cells, on, by=by)
        hand_in_official_file(tree, on, by=by)
        play_cases(tree, on)
        plan_supervision(tree, on)
        play_screening(tree, on)
        return people.serial

    @staticmethod
    def _size(cell, tree, scale, rng):
        if cell == tree.story.story_cell:
            return STORY_CELL_SIZE
        return rng.randint(scale.smallest_cell, scale.largest_cell)
