"""Pages → signed document: one PAdES B-LT certification signature in a single revision.

The signing revision holds the checkpoint of the audit trail (uncompressed, so that it can be read
from the bytes alone), the certificates and revocation lists, and the signature over every byte.
The file starts with the very bytes of the laid-out pages.
"""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.stamp import NoOpStampStyle
from pyhanko_certvalidator import ValidationContext

from decisions.documents.keys import SigningKeys
from decisions.documents.pdfua import SIGNATURE_FIELD
from decisions.documents.refusals import DocumentNotSigned
from decisions.documents.sheets import LaidOut

CHECKPOINT_NAME = "checkpoint.json"
LONGEST_SIGNING = 30.0
logging.getLogger("pyhanko.sign").setLevel(logging.ERROR)  # warns that a development key is offline


class SealWriter(IncrementalPdfFileWriter):  # type: ignore[misc]
    """An incremental writer that leaves metadata and version alone.

    pyHanko would rewrite our XMP, and call the file PDF 2.0 because the key is on an elliptic
    curve; PDF/A-3 is PDF 1.7, and PAdES allows such keys in it.
    """

    def _update_meta(self) -> None:
        return

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Keep the version of the pages, whatever pyHanko asks for."""


def seal(laid_out: LaidOut, *, checkpoint: bytes, keys: SigningKeys, at: datetime) -> bytes:
    """Return the signed document, with `checkpoint` (bytes as the audit app signed them) inside.

    `at` is the time of the act, for the attached file; the signature's own time is the time-stamp
    authority's. Raises DocumentNotSigned whatever goes wrong: nothing unsigned leaves here.
    """
    _refuse_mislabelled(laid_out, keys)
    worker = ThreadPoolExecutor(max_workers=1)
    try:
        signed = worker.submit(_signed, laid_out, checkpoint, keys, at).result(LONGEST_SIGNING)
    except TooSlow as problem:
        raise _not_signed(f"signing took more than {LONGEST_SIGNING:g} seconds") from problem
    except Exception as problem:
        raise _not_signed(_why(problem)) from problem
    finally:
        worker.shutdown(wait=False)
    if not signed.startswith(laid_out.pdf):
        raise _not_signed("the signed file does not start with the pages that were laid out")
    return signed


def _refuse_mislabelled(laid_out: LaidOut, keys: SigningKeys) -> None:
    if laid_out.content.is_development_key != keys.is_development:
        raise _not_signed("its pages say another kind of key than the one that would sign it")


def _why(problem: BaseException) -> str:
    """Return a problem and what lies behind it, e.g. that a certificate was revoked."""
    causes = [problem]
    while causes[-1].__cause__ is not None:
        causes.append(causes[-1].__cause__)
    said = [str(cause).strip().rstrip(".") or type(cause).__name__ for cause in causes]
    return ": ".join(dict.fromkeys(said))


def _not_signed(why: str) -> DocumentNotSigned:
    return DocumentNotSigned(
        f"The document could not be signed, so nothing was issued: {why}.",
        clears="Try again; if it happens twice, tell the people who run the register.",
    )


def _signed(laid_out: LaidOut, checkpoint: bytes, keys: SigningKeys, at: datetime) -> bytes:
    writer = SealWriter(io.BytesIO(laid_out.pdf))
    _attach(writer, checkpoint, at)
    signer = PdfSigner(
        _metadata(laid_out, keys),
        keys.signer,
        timestamper=keys.time_stamper,
        stamp_style=NoOpStampStyle(),
    )
    output = io.BytesIO()
    signer.sign_pdf(writer, existing_fields_only=True, output=output)
    return output.getvalue()


def _attach(writer: Any, checkpoint: bytes, at: datetime) -> None:
    parameters = embed.EmbeddedFileParams(creation_date=at, modification_date=at)
    data = embed.EmbeddedFileObject.from_file_data(
        writer, checkpoint, compress=False, params=parameters, mime_type="application/json"
    )
    specification = embed.FileSpec(
        file_spec_string=CHECKPOINT_NAME,
        file_name=CHECKPOINT_NAME,
        embedded_data=data,
        description="State of the audit trail when this document was signed",
        af_relationship=generic.pdf_name("/Supplement"),
    )
    embed.embed_file(writer, specification)


def _metadata(laid_out: LaidOut, keys: SigningKeys) -> PdfSignatureMetadata:
    content = laid_out.content
    trust = ValidationContext(
        trust_roots=list(keys.roots),
        crls=list(keys.revocation_lists),
        allow_fetching=not keys.is_development,
        revocation_mode="require",
    )
    return PdfSignatureMetadata(
        field_name=SIGNATURE_FIELD,
        md_algorithm="sha256",
        name=content.register.body,
        location=content.register.url,
        reason=content.reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=trust,
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
        signer_key_usage={"non_repudiation"},
    )
