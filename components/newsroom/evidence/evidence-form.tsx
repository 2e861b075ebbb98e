// Texts and files are in one form, so that sending a file also saves the typed texts.

import type { Translate } from "@/content/messages";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import type { EvidenceDraft, SharedAndOwnUnsavedDrafts } from "@/domain/newsroom/evidence/drafts";
import {
  type DisputeEvidence,
  type EvidenceField,
  evidenceRefusalsOf,
  isSingleLineEvidenceField,
  listEvidenceFields,
  MAX_LONG_EVIDENCE_TEXT_LENGTH,
  maxFieldLength,
} from "@/domain/newsroom/evidence/fields";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { TextArea } from "../../ui/text-area";
import { PeopleScreenSection } from "../people/people-screen-frame";
import { type DisputeScreenContext, formatDisputeTime, hiddenFieldsWithNewRequestId } from "./dispute-context";
import { EvidenceFileFields } from "./evidence-files";

type EvidenceFormProps = {
  context: DisputeScreenContext;
  drafts: SharedAndOwnUnsavedDrafts;
  proposal: DisputeEvidence;
};

export function EvidenceForm({ context, drafts, proposal }: EvidenceFormProps) {
  const { t, disputeCase } = context;
  const { shared, ownUnsaved } = drafts;
  const evidence = ownUnsaved?.evidence ?? shared?.evidence ?? proposal;
  return (
    <PeopleScreenSection id="evidence" title={t("dispute.form.title")}>
      <p className="dispute-text">{t("dispute.form.intro", { most: MAX_LONG_EVIDENCE_TEXT_LENGTH })}</p>
      <p className="dispute-text">{t("dispute.form.language")}</p>
      {shared ? <SavedBy context={context} draft={shared} /> : null}
      {ownUnsaved ? (
        <Notice kind="info" title={t("dispute.form.aside", { time: formatDisputeTime(context, ownUnsaved.savedAt) })} />
      ) : null}
      <form
        method="post"
        action={`${disputePath(disputeCase.id)}/draft`}
        encType="multipart/form-data"
        className="people-form"
      >
        {hiddenFieldsWithNewRequestId({ version: `${shared?.version ?? 0}` }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {listEvidenceFields(disputeCase.reason).map((name) => (
          <EvidenceTextInput
            key={name}
            t={t}
            name={name}
            evidence={evidence}
            theirs={ownUnsaved && shared ? (shared.evidence?.texts[name] ?? "") : null}
          />
        ))}
        <EvidenceFileFields context={context} drafts={drafts} />
        <AddressChoice context={context} withAddress={evidence.withAddress} />
        <div className="people-choice">
          <Button name="do" value="check">
            {t("dispute.form.check")}
          </Button>
          <Button kind="quiet" name="do" value="save">
            {t("dispute.form.save")}
          </Button>
          {ownUnsaved ? (
            <Button kind="plain" name="do" value="drop">
              {t("dispute.form.drop")}
            </Button>
          ) : null}
        </div>
      </form>
    </PeopleScreenSection>
  );
}

function SavedBy({ context, draft }: { context: DisputeScreenContext; draft: EvidenceDraft }) {
  const words = { who: context.nameOf(draft.savedBy), time: formatDisputeTime(context, draft.savedAt) };
  return <p className="newsroom-note">{context.t("dispute.form.saved-by", words)}</p>;
}

type EvidenceFieldProps = {
  t: Translate;
  name: EvidenceField;
  evidence: DisputeEvidence;
  /** The saved text, shown beside the colleague's unsaved text. Null if there is no unsaved text or no saved draft. */
  theirs: string | null;
};

function EvidenceTextInput({ t, name, evidence, theirs }: EvidenceFieldProps) {
  const text = evidence.texts[name] ?? "";
  const most = maxFieldLength(name);
  const error = evidenceRefusalsOf(evidence.texts)[name]
    ? t("dispute.form.too-long", { count: [...text].length, most })
    : null;
  const label = t(`dispute.field.${name}`);
  const id = `evidence-${name}`;
  const saved = theirs !== null && theirs !== text ? <Theirs t={t} text={theirs} /> : null;
  const field = { id, name, label, error, defaultValue: text };
  const rows = Math.min(12, 2 + Math.ceil(text.length / 80) + text.split("\n").length - 1);
  return (
    <>
      {isSingleLineEvidenceField(name) ? <Field {...field} autoComplete="off" /> : <TextArea {...field} rows={rows} />}
      {saved}
    </>
  );
}

function Theirs({ t, text }: { t: Translate; text: string }) {
  return (
    <details className="people-details">
      <summary>{t("dispute.form.theirs")}</summary>
      <p className="dispute-theirs">{text || t("dispute.form.empty")}</p>
    </details>
  );
}

function AddressChoice({
  context: { t, disputeCase },
  withAddress,
}: {
  context: DisputeScreenContext;
  withAddress: boolean;
}) {
  if (!disputeCase.payment.row.supporterId) return <p className="newsroom-note">{t("dispute.form.address-none")}</p>;
  return (
    <label className="people-check">
      <input type="checkbox" name="address" value="yes" defaultChecked={withAddress} />
      <span>
        {t("dispute.form.address")} <small>{t("dispute.form.address-hint")}</small>
      </span>
    </label>
  );
}
