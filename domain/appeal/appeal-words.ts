// The rules for the words of an appeal, in content/appeals/ and in the newsroom's form.
import { z } from "zod";
import { type Currency, parseAmount } from "../money";

export const MAX_EXPLAINED_AMOUNTS = 6;

const line = z.string().trim().min(1);

/**
 * Returns the rules for the words of an appeal, by field. All amounts must be valid in `currency`, the publication's
 * default currency.
 */
export function appealWordsZodShape(currency: Currency) {
  const amount = z
    .string('an amount in quotes, such as "10"')
    .trim()
    .refine((text) => parseAmount(text, currency).kind === "amount", { error: `an amount of ${currency} such as 10` });
  return {
    headline: line.max(120),
    figure: z
      .strictObject({ number: line.max(12), text: line.max(300) })
      .nullable()
      .default(null),
    amounts: z
      .array(z.strictObject({ amount, does: line.max(160) }))
      .max(MAX_EXPLAINED_AMOUNTS)
      .default([]),
    signature: z
      .strictObject({ name: line.max(80), role: line.max(80) })
      .nullable()
      .default(null),
    banner: z.strictObject({ headline: line.max(60), text: line.max(140) }),
    giveTitle: line.max(80),
    giveIntro: line.max(300),
  };
}

export const paragraphsSchema = z.array(line.max(1_200)).min(1).max(12);

export function appealWordsSchema(currency: Currency) {
  return z.strictObject({ ...appealWordsZodShape(currency), paragraphs: paragraphsSchema });
}

export type AppealWords = z.infer<ReturnType<typeof appealWordsSchema>>;

export type AppealWordsProblem = {
  /** The path of the field, such as `banner.headline` or `amounts.0.amount`. */
  field: string;
  reason: "missing" | "too-long" | "paragraph-too-long" | "too-many-paragraphs" | "not-an-amount";
  /** The maximum number of characters or paragraphs. Null for the reasons `missing` and `not-an-amount`. */
  limit: number | null;
};

export type CheckAppealWordsResult =
  | { kind: "words"; words: AppealWords }
  | { kind: "refused"; problems: AppealWordsProblem[] };

export function parseAppealWords(words: unknown, currency: Currency): CheckAppealWordsResult {
  const checked = appealWordsSchema(currency).safeParse(words);
  if (checked.success) return { kind: "words", words: checked.data };
  return { kind: "refused", problems: checked.error.issues.map(problemOf) };
}

function problemOf(issue: z.core.$ZodIssue): AppealWordsProblem {
  const field = issue.path.join(".");
  if (issue.code === "too_big") return { field, reason: tooBigReason(issue), limit: Number(issue.maximum) };
  return { field, reason: issue.code === "custom" ? "not-an-amount" : "missing", limit: null };
}

/**
 * Returns the reason for a value that exceeds its limit. A list that is too long is always `paragraphs`, because the
 * form has only MAX_EXPLAINED_AMOUNTS lines for `amounts`.
 */
function tooBigReason({ origin, path }: z.core.$ZodIssueTooBig): AppealWordsProblem["reason"] {
  if (origin === "array") return "too-many-paragraphs";
  return path[0] === "paragraphs" ? "paragraph-too-long" : "too-long";
}
