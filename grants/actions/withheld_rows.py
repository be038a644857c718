"""What the lines of an import withhold, kept apart from them in one statement."""

from django.db import connection
from django.db.models import Q

from audit.history import keep_first
from grants.actions.posting import in_words
from grants.models import SpendingImport, Withheld

OF_ROWS = """
    INSERT INTO grants_withheld (line_id, field, part, ground, words, sha256, media_type)
    SELECT l.id, closed.key, 2, closed.value ->> 'ground', closed.value ->> 'words', '', ''
    FROM transient.grants_importrow r
    JOIN grants_spendingline l ON l.spending_import_id = r.spending_import_id
        AND l.import_place = r.place AND l.reverses_id IS NULL
    CROSS JOIN LATERAL jsonb_each(r.withheld) closed
    WHERE r.spending_import_id = %s AND r.withheld <> '{}' ORDER BY l.id, closed.key
"""
OF_REVERSALS = """
    INSERT INTO grants_withheld (line_id, field, part, ground, words, sha256, media_type)
    SELECT back.id, w.field, 2, w.ground, w.words, w.sha256, w.media_type
    FROM grants_spendingline back JOIN grants_withheld w ON w.line_id = back.reverses_id
    WHERE back.spending_import_id = %s AND w.part = 2
      AND NOT EXISTS (SELECT FROM grants_withheld o WHERE o.line_id = back.id) ORDER BY w.id
"""


def keep_withheld_rows(staged: SpendingImport) -> None:
    """Keep apart from the new lines of an import what its rows withhold."""
    _keep(staged, OF_ROWS, Q(line__reverses__isnull=True))


def keep_withheld_back(staged: SpendingImport) -> None:
    """Keep apart from the lines that take an import back what those that they name withhold."""
    _keep(staged, OF_REVERSALS, Q(line__reverses__isnull=False))


def _keep(staged: SpendingImport, sql: str, of: Q) -> None:
    with in_words(), connection.cursor() as cursor:
        cursor.execute(sql, [staged.pk])
        written = cursor.rowcount
    if written:
        keep_first(Withheld.objects.filter(of, line__spending_import=staged))
