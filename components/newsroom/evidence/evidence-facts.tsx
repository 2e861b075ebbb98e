import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import { type DisputeEvidence, EVIDENCE_FIELDS } from "@/domain/newsroom/evidence/fields";
import { EVIDENCE_FILE_FIELDS } from "@/domain/newsroom/evidence/files";
import { DescriptionList } from "../../ui/fact-list";
import { evidenceFileLabel } from "./evidence-files";

export function EvidenceTextsAndFiles({ t, evidence }: { t: Translate; evidence: DisputeEvidence }) {
  const texts: [string, ReactNode][] = EVIDENCE_FIELDS.flatMap((name) => {
    const text = evidence.texts[name];
    return text ? [[t(`dispute.field.${name}`), text] as [string, ReactNode]] : [];
  });
  const files: [string, ReactNode][] = EVIDENCE_FILE_FIELDS.flatMap((name) => {
    const file = evidence.files[name];
    return file ? [[t(`dispute.file.${name}`), evidenceFileLabel(t, file)] as [string, ReactNode]] : [];
  });
  const address: [string, ReactNode][] = evidence.withAddress
    ? [[t("dispute.field.customer_email_address"), <em key="address">{t("dispute.check.address-yes")}</em>]]
    : [];
  return <DescriptionList className="dispute-texts" facts={[...texts, ...files, ...address]} />;
}
