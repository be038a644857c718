"""The answers of the pages that only show a decision, by hand; see decision_tables.py."""

# Pages that only show; a form sent to them is answered as a look is.
SHOWN = {
    "decision_detail": """
                                            D I V C W S P X T F R E N
        author governance auditor         | . . . . . . . . . . . . .
        second adviser equality chief     | - . . . . . . . . . . . .
        maker deputy lapsed private       | - . . . . . . . . . . . .
        finance approver cfo              | - . . . . . . . . . . . .
        admin former                      | o o o o o o o o o o o o o
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_history decision_advice decision_compare": """
                                            D I V C W S P X T F R E N
        author governance auditor         | . . . . . . . . . . . . .
        second adviser equality chief     | - . . . . . . . . . . . .
        maker deputy lapsed private       | - . . . . . . . . . . . .
        finance approver cfo              | - . . . . . . . . . . . .
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "supporting_paper:open former_paper:open": """
                                            D I V C W S P X T F R E N
        author governance auditor         | . . . . . . . . . . . - -
        second adviser equality chief     | - . . . . . . . . . . - -
        maker deputy lapsed private       | - . . . . . . . . . . - -
        finance approver cfo              | - . . . . . . . . . . - -
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_draft": """
                                            D I V C W S P X T F R E N
        author governance auditor         | . . . . . - - - - - - - -
        second adviser equality chief     | - . . . . - - - - - - - -
        maker deputy lapsed private       | - . . . . - - - - - - - -
        finance approver cfo              | - . . . . - - - - - - - -
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_signed": """
                                            D I V C W S P X T F R E N
        author governance auditor         | o o o o o . . o . . . o .
        second adviser equality chief     | - o o o o . . o . . . o .
        maker deputy lapsed private       | - o o o o . . o . . . o .
        finance approver cfo              | - o o o o . . o . . . o .
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_document": """
                                            D I V C W S P X T F R E N
        author governance auditor         | - - - - - . . - . . . - .
        second adviser equality chief     | - - - - - . . - . . . - .
        maker deputy lapsed private       | - - - - - . . - . . . - .
        finance approver cfo              | - - - - - . . - . . . - .
        admin former closed anyone        | - - - - - - . - - - . - .
    """,
    "register_detail register_programme": """
                                            D I V C W S P X T F R E N
        author governance auditor         | - - - - - - . - - - . . .
        second adviser equality chief     | - - - - - - . - - - . . .
        maker deputy lapsed private       | - - - - - - . - - - . . .
        finance approver cfo              | - - - - - - . - - - . . .
        admin former closed anyone        | - - - - - - . - - - . . .
    """,
    "register_paper:open": """
                                            D I V C W S P X T F R E N
        author governance auditor         | - - - - - - . - - - . - -
        second adviser equality chief     | - - - - - - . - - - . - -
        maker deputy lapsed private       | - - - - - - . - - - . - -
        finance approver cfo              | - - - - - - . - - - . - -
        admin former closed anyone        | - - - - - - . - - - . - -
    """,
    # Nothing of these papers was signed elsewhere, and no condition of theirs is discharged.
    "decision_transcription decision_scan condition_evidence": """
                                            D I V C W S P X T F R E N
        author governance auditor         | - - - - - - - - - - - - -
        second adviser equality chief     | - - - - - - - - - - - - -
        maker deputy lapsed private       | - - - - - - - - - - - - -
        finance approver cfo              | - - - - - - - - - - - - -
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "register_scan register_paper:restricted": """
                                            D I V C W S P X T F R E N
        author governance auditor         | - - - - - - - - - - - - -
        second adviser equality chief     | - - - - - - - - - - - - -
        maker deputy lapsed private       | - - - - - - - - - - - - -
        finance approver cfo              | - - - - - - - - - - - - -
        admin former closed anyone        | - - - - - - - - - - - - -
    """,
}

# Part 2. p: the page, and the reading was on the ledger first; h: no such page (404), and the
# attempt is on the ledger. Here too a form is answered as a look is.
RESTRICTED = {
    "decision_part_2 decision_compare_part_2 supporting_paper:restricted"
    " former_paper:restricted": """
                                            D I V C W S P X T F R E N
        author governance auditor         | p p p p p p p p p p p - -
        adviser equality chief            | - p p p p p p p p p p - -
        maker deputy lapsed private       | - p p p p p p p p p p - -
        second finance approver cfo       | - h h h h h h h h h h - -
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_restricted_draft": """
                                            D I V C W S P X T F R E N
        author governance auditor         | p p p p p - - - - - - - -
        adviser equality chief            | - p p p p - - - - - - - -
        maker deputy lapsed private       | - p p p p - - - - - - - -
        second finance approver cfo       | - h h h h - - - - - - - -
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_restricted_document": """
                                            D I V C W S P X T F R E N
        author governance auditor         | - - - - - p p - p p p - -
        adviser equality chief            | - - - - - p p - p p p - -
        maker deputy lapsed private       | - - - - - p p - p p p - -
        second finance approver cfo       | - - - - - h h - h h h - -
        admin former closed anyone        | - - - - - - - - - - - - -
    """,
}
