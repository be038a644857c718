"""The answers of the pages about one decision, by hand. tables.py says what the letters mean.

Rows are people (cast.NAMES), columns the states of the paper (world.STATES). Inside are all who
hold an office; an administrator, as such, and somebody whose role has ended stand outside and see
what the public sees.
"""

# Pages that act. A look at one gives "." where the form that is sent acts ("+").
ACTS = {
    # What may be changed while the paper is open, by its own officer alone.
    "decision_words section_new section_edit paragraph_new paragraph_edit paragraph_split"
    " paragraph_place item_restore:sections item_restore:paragraphs recommendation_new"
    " recommendation_edit exemption_new exemption_edit link_new consultation_new paper_new"
    " item_remove:sections item_remove:paragraphs item_remove:recommendations item_remove:links"
    " item_remove:papers paper_edit paper_replace": """
                                            D I V C W S P X T F R E N
        author                            | + + + + x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # What is found in a paper and waits for its officer; these papers are in order, so that there
    # is nothing to answer and the page leads back.
    "decision_before": """
                                            D I V C W S P X T F R E N
        author                            | . . . . x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "warning_answer": """
                                            D I V C W S P X T F R E N
        author                            | o o o o x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # An exemption that Part 2 rests on cannot be given up: the page says so.
    "item_remove:exemptions": """
                                            D I V C W S P X T F R E N
        author                            | r r r r x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_submit": """
                                            D I V C W S P X T F R E N
        author                            | + x x x x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_advise:financial": """
                                            D I V C W S P X T F R E N
        adviser                           | - + + + x x x x x x x x x
        second equality chief             | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        author governance auditor         | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_advise:equality": """
                                            D I V C W S P X T F R E N
        equality                          | - + + + x x x x x x x x x
        second adviser chief              | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        author governance auditor         | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_send": """
                                            D I V C W S P X T F R E N
        author                            | x x + x x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_endorse": """
                                            D I V C W S P X T F R E N
        chief                             | - x x + x x x x x x x x x
        second adviser equality           | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        author governance auditor         | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # Whoever has the paper may give it back; its officer may always ask for it back.
    "decision_return": """
                                            D I V C W S P X T F R E N
        author                            | x + + + + x x x x x x x x
        chief                             | - x x + x x x x x x x x x
        maker deputy lapsed               | - x x x + x x x x x x x x
        second adviser equality private   | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_withdraw": """
                                            D I V C W S P X T F R E N
        author governance                 | + + + + + x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        auditor                           | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # Whoever the paper waits on may stand aside, delegation or not.
    "decision_stand_aside": """
                                            D I V C W S P X T F R E N
        chief                             | - x x + x x x x x x x x x
        maker deputy lapsed               | - x x x + x x x x + x x x
        second adviser equality private   | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        author governance auditor         | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # Nobody decides but the decision maker and the deputy, each under a delegation in force. Who
    # holds the office alone may read there what is missing.
    "decision_decide": """
                                            D I V C W S P X T F R E N
        maker deputy                      | - x x x + x x x x + x x x
        lapsed                            | - x x x r x x x x r x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        private finance approver cfo      | - x x x x x x x x x x x x
        author governance auditor         | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # The private office notes what lies in the box; to it nothing else is there.
    "box_note": """
                                            D I V C W S P X T F R E N
        private                           | - - - - + - - - - + - - -
        author governance auditor         | x x x x x x x x x x x x x
        second adviser equality chief     | x x x x x x x x x x x x x
        maker deputy lapsed               | x x x x x x x x x x x x x
        finance approver cfo admin former | x x x x x x x x x x x x x
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_publish decision_defer": """
                                            D I V C W S P X T F R E N
        governance                        | x x x x x + x x + + x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        author auditor                    | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_take_down": """
                                            D I V C W S P X T F R E N
        governance                        | x x x x x x + x x x + + +
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        author auditor                    | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # To end a decision takes the authority that making one takes.
    "decision_revoke": """
                                            D I V C W S P X T F R E N
        maker deputy                      | - x x x x + + x + + x x +
        lapsed                            | - x x x x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        private finance approver cfo      | - x x x x x x x x x x x x
        author governance auditor         | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_urgent": """
                                            D I V C W S P X T F R E N
        author governance                 | + + + + + x x x x x x x x
        chief private                     | - + + + + x x x x x x x x
        second adviser equality           | - x x x x x x x x x x x x
        maker deputy lapsed               | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        auditor                           | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "decision_hand_over": """
                                            D I V C W S P X T F R E N
        author governance                 | + + + + x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        auditor                           | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # Words may be put right once they are signed; one correction is open at a time.
    "decision_correct": """
                                            D I V C W S P X T F R E N
        author governance                 | x x x x x + + x + + x x r
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        auditor                           | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # Of a paper without Part 2 there is nothing to release.
    "decision_release": """
                                            D I V C W S P X T F R E N
        governance                        | x x x x x + + x + + x x .
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        author auditor                    | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # A correction is confirmed by who may decide, and declined by them or by who proposed it.
    "revision_detail": """
                                            D I V C W S P X T F R E N
        maker deputy                      | - - - - - - - - - - - - +
        author governance auditor lapsed  | - - - - - - - - - - - - .
        second adviser equality chief     | - - - - - - - - - - - - .
        private finance approver cfo      | - - - - - - - - - - - - .
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "revision_decline": """
                                            D I V C W S P X T F R E N
        author maker deputy               | - - - - - - - - - - - - +
        governance auditor lapsed         | - - - - - - - - - - - - x
        second adviser equality chief     | - - - - - - - - - - - - x
        private finance approver cfo      | - - - - - - - - - - - - x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    "condition_detail": """
                                            D I V C W S P X T F R E N
        governance finance cfo            | - - - - - - - - - + - - -
        author auditor lapsed             | - - - - - - - - - . - - -
        second adviser equality chief     | - - - - - - - - - . - - -
        maker deputy private approver     | - - - - - - - - - . - - -
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # None of these was signed on paper.
    "decision_transcribe decision_return_transcription": """
                                            D I V C W S P X T F R E N
        author governance auditor         | x x x x x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # Any originating officer may begin a paper from one that they may read.
    "decision_copy": """
                                            D I V C W S P X T F R E N
        author                            | + + + + + + + + + + + + +
        second                            | - + + + + + + + + + + + +
        adviser equality chief            | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
    # Any originating officer may begin what varies or supersedes a decision.
    "decision_vary decision_supersede": """
                                            D I V C W S P X T F R E N
        author                            | x x x x x + + x + + x + +
        second                            | - x x x x + + x + + x + +
        adviser equality chief            | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
    """,
}

# The page on which the paper is put together acts on nothing itself, and is a reading of Part 2.
EDIT = """
                                            D I V C W S P X T F R E N
        author                            | . . . . x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
"""

# Moving has no page of its own: only a form moves.
MOVES = """
                                            D I V C W S P X T F R E N
        author                            | + + + + x x x x x x x x x
        second adviser equality chief     | - x x x x x x x x x x x x
        maker deputy lapsed private       | - x x x x x x x x x x x x
        finance approver cfo              | - x x x x x x x x x x x x
        governance auditor                | x x x x x x x x x x x x x
        admin former                      | - - - - - - - - - - - - -
        closed anyone                     | > > > > > > > > > > > > >
"""
