import type { Translate } from "@/content/messages";
import {
  ADDRESS_REVEAL_REASONS,
  MAX_REASON_LENGTH,
  STAFF_ACT_REASONS,
  type StaffReasonProblem,
} from "@/domain/newsroom/people/reasons";
import { HydrationSafeTextarea } from "../../ui/hydration-safe-textarea";

/** To fill in the form again. */
export type TypedReasonFields = { why: string; words: string; refusal: StaffReasonProblem | null };

type ReasonFieldsProps = {
  t: Translate;
  purpose: "reveal" | "act";
  typed: TypedReasonFields | null;
  /** The prefix of the fields' ids. It must be unique on the page. */
  id: string;
};

export function ReasonFields({ t, purpose, typed, id }: ReasonFieldsProps) {
  const options =
    purpose === "reveal"
      ? ADDRESS_REVEAL_REASONS.map((why) => [why, t(`people.reveal.why.${why}`)] as const)
      : STAFF_ACT_REASONS.map((why) => [why, t(`people.why.${why}`)] as const);
  const refusal = typed?.refusal ?? null;
  return (
    <div className="people-why">
      <div className="field">
        <label className="field-label" htmlFor={`${id}-why`}>
          {t("people.why")}
        </label>
        <select
          className="select"
          id={`${id}-why`}
          name="why"
          defaultValue={typed?.why ?? ""}
          required
          aria-describedby={refusal === "why-missing" ? `${id}-refusal` : undefined}
          aria-invalid={refusal === "why-missing" || undefined}
        >
          <option value="">{t("people.why.choose")}</option>
          {options.map(([why, words]) => (
            <option key={why} value={why}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label className="field-label" htmlFor={`${id}-words`}>
          {t("people.words")}
        </label>
        <p className="field-hint" id={`${id}-hint`}>
          {t(purpose === "reveal" ? "people.words.hint-reveal" : "people.words.hint")}
        </p>
        <HydrationSafeTextarea
          className="people-words"
          id={`${id}-words`}
          name="words"
          rows={2}
          maxLength={refusal === "words-too-long" ? undefined : MAX_REASON_LENGTH}
          defaultValue={typed?.words ?? ""}
          aria-describedby={refusal ? `${id}-hint ${id}-refusal` : `${id}-hint`}
          aria-invalid={(refusal !== null && refusal !== "why-missing") || undefined}
        />
        {refusal ? (
          <p className="field-error" id={`${id}-refusal`}>
            {t(`people.refused.${refusal}`, { most: MAX_REASON_LENGTH })}
          </p>
        ) : null}
      </div>
    </div>
  );
}
