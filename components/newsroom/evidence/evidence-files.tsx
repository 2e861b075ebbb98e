// Works without a script.
import type { Translate } from "@/content/messages";
import { type SharedAndOwnUnsavedDrafts, shownEvidenceFiles } from "@/domain/newsroom/evidence/drafts";
import {
  EVIDENCE_FILE_FIELDS,
  type EvidenceFile,
  type EvidenceFileRefusal,
  type EvidenceUploadField,
  listFileFields,
  MAX_PDF_PAGES,
  MAX_TOTAL_FILE_BYTES,
} from "@/domain/newsroom/evidence/files";
import { Field } from "../../ui/field";
import type { DisputeScreenContext } from "./dispute-context";

/** The file types that can be chosen. Some systems use only extensions and others only media types. */
const CHOOSABLE = ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg";

export function EvidenceFileFields({
  context,
  drafts,
}: {
  context: DisputeScreenContext;
  drafts: SharedAndOwnUnsavedDrafts;
}) {
  const { t, disputeCase } = context;
  const { shared, ownUnsaved } = drafts;
  const files = shownEvidenceFiles(drafts);
  const fields = listFileFields(disputeCase.reason);
  // If the bank's reason for the dispute has changed since a file was saved, the form perhaps has no field for that
  // file.
  const leftOver = EVIDENCE_FILE_FIELDS.filter((name) => files[name] && !fields.includes(name));
  const stateOf = (name: EvidenceUploadField) => {
    const own = ownUnsaved?.evidence?.files[name];
    const replaces = own && shared?.evidence?.files[name];
    return { file: files[name], isUnsaved: !!own, replaces, isToRemove: ownUnsaved?.removed.includes(name) ?? false };
  };
  return (
    <fieldset className="dispute-files">
      <legend>{t("dispute.file.title")}</legend>
      <p className="dispute-text">
        {t("dispute.file.intro", { most: sizeWords(t, MAX_TOTAL_FILE_BYTES), pages: MAX_PDF_PAGES })}
      </p>
      <p className="newsroom-note">{t("dispute.file.privacy")}</p>
      {fields.map((name) => (
        <FileField key={name} {...{ context, name }} refusal={ownUnsaved?.fileRefusals[name]} state={stateOf(name)} />
      ))}
      {leftOver.map((name) => (
        <div key={name} className="dispute-file">
          <p className="dispute-text">{t("dispute.file.left-over", { name: t(`dispute.file.${name}`) })}</p>
          <FileState {...{ t, name }} {...stateOf(name)} />
        </div>
      ))}
    </fieldset>
  );
}

type FileStateProps = {
  /** The file that would be sent to the bank. */
  file: EvidenceFile | undefined;
  isUnsaved: boolean;
  /** The saved file, if an unsaved one would replace it. */
  replaces: EvidenceFile | undefined;
  /** True if the box for removing the file was checked in a form that was not saved. */
  isToRemove: boolean;
};

type FileFieldProps = {
  context: DisputeScreenContext;
  name: EvidenceUploadField;
  refusal: EvidenceFileRefusal | undefined;
  state: FileStateProps;
};

function FileField({ context: { t, disputeCase }, name, refusal, state }: FileFieldProps) {
  const id = `file-${name}`;
  const hint =
    name === "receipt" ? (
      <>
        {t("dispute.file.hint.receipt")}{" "}
        <a href={`/newsroom/payments/${disputeCase.payment.id}/receipt.pdf`}>{t("dispute.file.own-receipt")}</a>
      </>
    ) : (
      t(`dispute.file.hint.${name}`)
    );
  const error = refusal
    ? t(`dispute.file.refused.${refusal}`, { most: sizeWords(t, MAX_TOTAL_FILE_BYTES), pages: MAX_PDF_PAGES })
    : null;
  return (
    <div className="dispute-file">
      <Field
        id={id}
        type="file"
        name={name}
        accept={CHOOSABLE}
        label={t(`dispute.file.${name}`)}
        {...{ hint, error }}
      />
      <FileState {...{ t, name }} {...state} />
    </div>
  );
}

function FileState({
  t,
  name,
  file,
  isUnsaved,
  replaces,
  isToRemove,
}: FileStateProps & { t: Translate; name: EvidenceUploadField }) {
  if (!file) return null;
  return (
    <>
      <p className="dispute-file-state">
        {t(`dispute.file.${isUnsaved ? "unsaved" : "saved"}`, { file: evidenceFileLabel(t, file) })}
        {replaces ? ` ${t("dispute.file.replaces", { file: evidenceFileLabel(t, replaces) })}` : null}
      </p>
      <label className="people-check">
        <input type="checkbox" name={`remove-${name}`} value="yes" defaultChecked={isToRemove} />
        <span>{t("dispute.file.remove", { name: t(`dispute.file.${name}`) })}</span>
      </label>
    </>
  );
}

/** Returns a text such as "PDF, 1.2 MB". */
export function evidenceFileLabel(t: Translate, { type, bytes }: EvidenceFile): string {
  return t("dispute.file.words", { type: type.toUpperCase(), size: sizeWords(t, bytes) });
}

/** Rounds up below 100 kB, so that a small file is never "0 kB". */
function sizeWords(t: Translate, bytes: number): string {
  const [unit, amount] = bytes < 100_000 ? ["kilobyte", Math.ceil(bytes / 1_000)] : ["megabyte", bytes / 1_000_000];
  return new Intl.NumberFormat(t.locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}
