"""What stands in the addresses of the papers of the sealed case."""


def of_case_papers(found):
    case = found["sealed_case"]["pk"]
    return {
        "sealed_paper": {"pk": case, "paper": "phieu"},
        "figures_root": {"organisation_id": found["form_5_root"]["organisation_id"]},
    }
