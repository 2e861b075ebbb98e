// Stores the appeal of content/appeals/ in a ledger that has no appeal, and makes it live at once.
import "server-only";
import { translator } from "../../content/messages";
import { type AppealContent, contentWithDefaultSettings } from "../../domain/appeal/appeal-content";
import { SITE_ACTOR } from "../../domain/appeal/appeal-state";
import type { AppealWords } from "../../domain/appeal/appeal-words";
import { createAppeal } from "../../domain/appeal/edit-appeal";
import type { LocalizedVariant } from "../../domain/appeal/localized-variant";
import { publishAppealInTransaction } from "../../domain/appeal/publish-appeal";
import { countAppeals } from "../../domain/appeal/store/appeals";
import { publication } from "../../publication";
import { auditLogRecorderFor } from "../auth/staff";
import { currentTime } from "../clock";
import { getFirstAppealVariant, listVariantsByLanguage, listVariantsFromContentFiles } from "../content";
import type { Db, Tx } from "../database";
import { log, redactError } from "../log";

/**
 * Stores the first appeal. Does not throw: after a failure, readers get the fallback in content/appeals/, and the next
 * start tries again.
 */
export async function seedFirstAppeal(db: Db): Promise<void> {
  try {
    if ((await countAppeals(db)) === 0) await db.$transaction(seed);
  } catch (error) {
    // P2002: another instance started at the same time and has already stored the first appeal. This is no failure, so
    // it is not logged.
    if ((error as { code?: unknown }).code !== "P2002")
      log.error({ error: redactError(error) }, "the first appeal could not be stored");
  }
}

async function seed(tx: Tx): Promise<void> {
  if ((await countAppeals(tx)) > 0) return;
  const editor = { by: SITE_ACTOR, now: currentTime() };
  const { id } = getFirstAppealVariant(publication.defaultLanguage);
  const name = translator(publication.defaultLanguage)("appeals.seed-name");
  await createAppeal(tx, { id, name, content: contentOfFiles(), kind: "first" }, editor);
  const terms = { version: 1, startsAt: null, endsAt: null, languages: [] };
  await publishAppealInTransaction(tx, { ...editor, ...terms, id, recordAct: auditLogRecorderFor(null) });
}

function contentOfFiles(): AppealContent {
  const byLanguage = [...listVariantsByLanguage()];
  const variants = listVariantsFromContentFiles(publication.defaultLanguage).map(({ variant }) => {
    const spoken = byLanguage.flatMap(([language, copies]) => {
      const copy = copies.find((each) => each.variant === variant);
      return copy ? [[language, wordsOf(copy)] as const] : [];
    });
    return { id: variant, words: Object.fromEntries(spoken) };
  });
  return contentWithDefaultSettings(variants);
}

function wordsOf({ id: _id, variant: _variant, ...words }: LocalizedVariant): AppealWords {
  return words;
}
