import { beforeEach, describe, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { parseAppealContent } from "./appeal-content";
import type { RecordAppealChangeInAuditLog } from "./audit-log-recorder";
import { createAppeal, releaseEditLock, saveAppealPart, storeUnsavedPart, takeEditLock } from "./edit-appeal";
import { addVariant, removeVariant } from "./edit-variants";
import { endAppeal, withdrawScheduledAppeal } from "./end-appeal";
import { copyAppeal } from "./new-appeal";
import { publishAppeal } from "./publish-appeal";
import { findAppealDetails, findUnsavedForm, listAppeals } from "./read-appeal";
import { rollBackAppeal } from "./roll-back";
import { recordStartedAndEndedAppeals } from "./scheduled-starts";
import { findShownAppeal, listPublishedUnendedAppeals } from "./shown-appeal";
import { getAppealChangeNumber } from "./store/appeals";
import { exampleContent, exampleWords } from "./testing/example-appeal";

const NOW = new Date("2026-11-27T09:00:00Z");
const [ANNA, BORIS] = ["staff_anna", "staff_boris"];
const ID = "winter";
let db: Db;
let acts: Parameters<RecordAppealChangeInAuditLog>[1][] = [];
const recordAct: RecordAppealChangeInAuditLog = async (_, act) => {
  acts.push(act);
};

beforeEach(async () => {
  db = await openEmptyLedger();
  acts = [];
  const first = { id: ID, name: "Winter", content: exampleContent(), kind: "first" } as const;
  await db.$transaction((tx) => createAppeal(tx, first, { by: ANNA, now: NOW }));
});

function later(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000);
}

const start = (by: string, { now = NOW, note = "" } = {}) =>
  takeEditLock(db, { id: ID, by, now, takeoverReason: note, recordAct });

function saveHeadline(headline: string, { by = ANNA, base = 1, now = NOW } = {}) {
  return saveAppealPart(db, {
    id: ID,
    by,
    base,
    now,
    value: { part: "words/a/en", words: exampleWords({ headline }) },
  });
}

type PublishTerms = {
  by?: string;
  version?: number;
  startsAt?: Date | null;
  endsAt?: Date | null;
  now?: Date;
  languages?: string[];
};

function publish({ by = ANNA, version = 1, now = NOW, languages = ["en"], ...times }: PublishTerms = {}) {
  const { startsAt = null, endsAt = null } = times;
  return publishAppeal(db, { id: ID, by, now, recordAct, version, startsAt, endsAt, languages });
}

async function headlineAt(now: Date): Promise<string | undefined> {
  return findShownAppeal(await listPublishedUnendedAppeals(db), now)?.content.variants[0]?.words.en?.headline;
}

async function versions(): Promise<(string | undefined)[]> {
  const rows = await db.appealVersion.findMany({ orderBy: { number: "asc" } });
  return rows.map(({ content }) => parseAppealContent(content)?.variants[0]?.words.en?.headline);
}

const page = (colleagueId = ANNA, now = NOW) => findAppealDetails(db, { id: ID, by: colleagueId, now });

describe("the lock", () => {
  test("lets one colleague edit; another can take it over only with a reason, which the audit log records", async () => {
    expect(await start(ANNA)).toEqual({ kind: "editing" });
    expect(await start(BORIS, { now: later(5) })).toEqual({ kind: "refused", reason: "held" });
    expect(await saveHeadline("Boris writes", { by: BORIS })).toEqual({ kind: "refused", reason: "held" });
    expect(await start(BORIS, { now: later(5), note: "Anna is ill" })).toEqual({ kind: "editing" });
    expect(acts).toEqual([
      { kind: "appeal-taken-over", about: "appeal:winter", before: { by: ANNA }, reason: "Anna is ill" },
    ]);
    expect(await saveHeadline("Anna writes", { now: later(6) })).toEqual({ kind: "refused", reason: "held" });
    expect(await versions()).toHaveLength(1);
  });

  test("expires twenty minutes after the last save, and is free after its holder releases it", async () => {
    await start(ANNA);
    await saveHeadline("Still here", { now: later(19) });
    expect(await start(BORIS, { now: later(38) })).toMatchObject({ reason: "held" });
    expect((await page(BORIS, later(38)))?.lock).toMatchObject({ kind: "held", by: ANNA, since: NOW });
    expect(await start(BORIS, { now: later(39) })).toEqual({ kind: "editing" });
    expect(acts).toEqual([]);
    await releaseEditLock(db, { id: ID, by: ANNA, now: later(40) });
    expect((await page(BORIS, later(40)))?.lock.kind).toBe("own");
    await releaseEditLock(db, { id: ID, by: BORIS, now: later(40) });
    expect(await start(ANNA, { now: later(40) })).toEqual({ kind: "editing" });
  });

  test("if two colleagues take it at once, only one gets it", async () => {
    const both = await Promise.all([start(ANNA), start(BORIS)]);
    expect(both.filter(({ kind }) => kind === "editing")).toHaveLength(1);
  });
});

describe("a save", () => {
  test("appends a version, except if the content has not changed", async () => {
    await start(ANNA);
    expect(await saveHeadline("Second")).toEqual({ kind: "saved", number: 2, isNew: true });
    expect(await saveHeadline("Second")).toEqual({ kind: "saved", number: 2, isNew: false });
    expect(await versions()).toEqual(["Readers pay for this", "Second"]);
    expect(await db.appealVersion.findMany({ select: { kind: true, detail: true, by: true } })).toEqual([
      { kind: "first", detail: null, by: ANNA },
      { kind: "edited", detail: "words/a/en", by: ANNA },
    ]);
  });

  test("is refused without the lock, or if the same part was saved since the form was opened", async () => {
    expect(await saveHeadline("No lock")).toEqual({ kind: "refused", reason: "not-editing" });
    await start(ANNA);
    await saveHeadline("Second");
    expect(await saveHeadline("From an old tab")).toEqual({ kind: "refused", reason: "changed" });
    const other = {
      part: "goal",
      goal: { amount: "100", currency: "USD", from: "2026-12-01", until: "2026-12-31", counts: "currency" },
    } as const;
    expect(await saveAppealPart(db, { id: ID, by: ANNA, now: NOW, base: 1, value: other })).toMatchObject({
      number: 3,
    });
    expect(await saveHeadline("Third", { base: 3 })).toMatchObject({ number: 4 });
    expect(await versions()).toEqual(["Readers pay for this", "Second", "Second", "Third"]);
  });

  test("the database refuses to change or delete a version", async () => {
    await expect(db.$executeRaw`UPDATE "AppealVersion" SET "by" = ${BORIS}`).rejects.toThrow(/never changed/);
    await expect(db.$executeRaw`DELETE FROM "AppealVersion"`).rejects.toThrow(/never changed/);
  });

  test("unsaved words are kept only for their author, until they are saved", async () => {
    const typed = { id: ID, part: "words/a/en", base: 1, fields: { headline: "Half a th" }, now: NOW };
    await storeUnsavedPart(db, { ...typed, by: BORIS });
    const newestContent = exampleContent();
    const find = (by: string) => findUnsavedForm(db, { id: ID, part: "words/a/en", by, newestContent });
    expect(await find(BORIS)).toEqual({ base: 1, at: NOW, fields: typed.fields, isOutdated: false });
    expect(await find(ANNA)).toBeNull();
    expect((await page(BORIS))?.unsavedParts).toEqual(["words/a/en"]);
    await start(ANNA);
    await saveHeadline("Anna was faster");
    const newest = (await page(ANNA))?.content ?? newestContent;
    expect(await findUnsavedForm(db, { id: ID, part: "words/a/en", by: BORIS, newestContent: newest })).toMatchObject({
      isOutdated: true,
    });
    await releaseEditLock(db, { id: ID, by: ANNA, now: NOW });
    await start(BORIS);
    await saveHeadline("A whole thought", { by: BORIS, base: 2 });
    expect(await find(BORIS)).toBeNull();
  });
});

test("a new variant never gets the letter of a removed one, and the last variant cannot be removed", async () => {
  await start(ANNA);
  const editor = { id: ID, by: ANNA, now: NOW };
  expect(await addVariant(db, { ...editor, from: "a" })).toMatchObject({ number: 2, variant: "b" });
  await removeVariant(db, { ...editor, variant: "b" });
  expect(await removeVariant(db, { ...editor, variant: "b" })).toMatchObject({ isNew: false });
  expect(await addVariant(db, { ...editor, from: "a" })).toMatchObject({ variant: "c" });
  await removeVariant(db, { ...editor, variant: "a" });
  expect(await removeVariant(db, { ...editor, variant: "c" })).toEqual({ kind: "refused", reason: "changed" });
  expect((await page())?.content.variants.map(({ id }) => id)).toEqual(["c"]);
});

describe("publishing", () => {
  test("shows readers the published version and no later save, and increases the number by which servers notice a change", async () => {
    expect(await headlineAt(NOW)).toBeUndefined();
    const before = await getAppealChangeNumber(db);
    expect(await publish()).toEqual({ kind: "published", state: "live" });
    expect(await getAppealChangeNumber(db)).toBeGreaterThan(before);
    await start(ANNA);
    await saveHeadline("Not yet");
    expect(await headlineAt(later(1))).toBe("Readers pay for this");
    expect(await page()).toMatchObject({
      state: "live",
      hasUnpublishedChanges: true,
      isShown: true,
      since: { at: NOW, by: ANNA },
    });
    expect(await publish({ version: 2, now: later(2) })).toEqual({ kind: "published", state: "live" });
    expect(await headlineAt(later(2))).toBe("Not yet");
    expect(acts.map(({ kind, before, after }) => [kind, before?.version, after?.version])).toEqual([
      ["appeal-published", null, 1],
      ["appeal-published", 1, 2],
    ]);
  });

  test("tells since when and by whom an appeal is scheduled or live, also after a colleague published or rolled it back", async () => {
    await publish({ startsAt: later(60) });
    await start(ANNA);
    await saveHeadline("Newer");
    await releaseEditLock(db, { id: ID, by: ANNA, now: NOW });
    const byBoris = { version: 2, by: BORIS };
    await publish({ ...byBoris, startsAt: later(60), endsAt: later(300), now: later(1) });
    expect(await page(ANNA, later(2))).toMatchObject({ state: "scheduled", since: { at: NOW, by: ANNA } });
    await publish({ ...byBoris, startsAt: later(90), endsAt: later(300), now: later(3) });
    expect(await page(ANNA, later(4))).toMatchObject({ state: "scheduled", since: { at: later(3), by: BORIS } });
    await publish({ version: 2, endsAt: later(200), now: later(95) });
    await rollBackAppeal(db, { id: ID, by: ANNA, now: later(96), recordAct, toVersion: 1, seenVersion: 2 });
    expect(await page(ANNA, later(97))).toMatchObject({ state: "live", since: { at: later(90), by: BORIS } });
  });

  test("ignores a double click and refuses a stale page", async () => {
    await publish();
    const number = await getAppealChangeNumber(db);
    expect(await publish({ now: later(1) })).toEqual({ kind: "published", state: "live" });
    await start(ANNA);
    await saveHeadline("Newer");
    expect(await publish({ version: 1, now: later(2) })).toEqual({ kind: "refused", reason: "changed" });
    expect([acts.length, await getAppealChangeNumber(db)]).toEqual([1, number]);
  });

  test("is refused if words are missing in a language, or if the end is not after the start", async () => {
    const refused = await publish({ languages: ["en", "ru"] });
    expect(refused).toEqual({ kind: "refused", reason: "missing-words", missing: [{ variant: "a", language: "ru" }] });
    const early = { kind: "refused", reason: "end-before-start" };
    expect(await publish({ endsAt: NOW })).toEqual(early);
    expect(await publish({ startsAt: later(60), endsAt: later(60) })).toEqual(early);
    expect(await headlineAt(later(61))).toBeUndefined();
  });

  test("is refused while another colleague edits the appeal", async () => {
    await start(BORIS);
    expect(await publish()).toEqual({ kind: "refused", reason: "held" });
  });

  test("a scheduled appeal starts and ends at its set times, and the site logs each once", async () => {
    expect(await publish({ startsAt: later(60), endsAt: later(120) })).toEqual({
      kind: "published",
      state: "scheduled",
    });
    const seen = await Promise.all([59, 60, 119, 120].map((minute) => headlineAt(later(minute))));
    expect(seen.map(Boolean)).toEqual([false, true, true, false]);
    acts = [];
    for (const minute of [30, 60, 61, 120, 121])
      await recordStartedAndEndedAppeals(db, { now: later(minute), recordAct });
    expect(acts.map(({ kind, after }) => [kind, after?.state])).toEqual([
      ["appeal-started", "live"],
      ["appeal-ended", "ended"],
    ]);
    expect(await page(ANNA, later(121))).toMatchObject({ state: "ended", since: { at: later(120), by: "site" } });
    expect(await publish({ now: later(121) })).toEqual({ kind: "refused", reason: "ended" });
  });

  test("two servers that record the same start at once write one log entry", async () => {
    await publish({ startsAt: later(60) });
    acts = [];
    await Promise.all([1, 2].map(() => recordStartedAndEndedAppeals(db, { now: later(61), recordAct })));
    expect(acts).toHaveLength(1);
  });

  test("a scheduled appeal can be withdrawn and a live one ended, and repeating either has no effect", async () => {
    await publish({ startsAt: later(60) });
    const by = { id: ID, by: BORIS, recordAct };
    expect(await endAppeal(db, { ...by, now: later(1) })).toEqual({ kind: "changed" });
    expect((await page())?.state).toBe("scheduled");
    await withdrawScheduledAppeal(db, { ...by, now: later(2) });
    await withdrawScheduledAppeal(db, { ...by, now: later(2) });
    expect((await page())?.state).toBe("draft");
    await publish({ now: later(3) });
    await endAppeal(db, { ...by, now: later(4) });
    await endAppeal(db, { ...by, now: later(5) });
    expect(await page(ANNA, later(6))).toMatchObject({ state: "ended", since: { at: later(4), by: BORIS } });
    expect(acts.map(({ kind }) => kind)).toEqual([
      ...["appeal-published", "appeal-withdrawn", "appeal-published", "appeal-ended"],
    ]);
  });
});

describe("rolling back", () => {
  test("appends a version with the old content, which readers of a live appeal see at once", async () => {
    await publish();
    await start(ANNA);
    await saveHeadline("A mistake");
    await publish({ version: 2, now: later(1) });
    const back = { id: ID, by: ANNA, now: later(2), recordAct, toVersion: 1 };
    expect(await rollBackAppeal(db, { ...back, seenVersion: 1 })).toEqual({ kind: "refused", reason: "changed" });
    acts = [];
    expect(await rollBackAppeal(db, { ...back, seenVersion: 2 })).toEqual({ kind: "changed" });
    expect(await versions()).toEqual(["Readers pay for this", "A mistake", "Readers pay for this"]);
    expect(await headlineAt(later(2))).toBe("Readers pay for this");
    expect(acts).toEqual([
      {
        kind: "appeal-rolled-back",
        about: "appeal:winter",
        before: { version: 2 },
        after: { version: 3, as: 1, state: "live" },
      },
    ]);
    expect(await rollBackAppeal(db, { ...back, seenVersion: 2 })).toEqual({ kind: "refused", reason: "changed" });
  });

  test("does not publish a draft", async () => {
    await start(ANNA);
    await saveHeadline("Second");
    await rollBackAppeal(db, { id: ID, by: ANNA, now: NOW, recordAct, toVersion: 1, seenVersion: 2 });
    expect(await page()).toMatchObject({ state: "draft", latest: 3, published: null });
  });
});

test("while an experiment compares words, new preset amounts can be published but other words cannot", async () => {
  await publish();
  await db.experiment.create({
    data: {
      ...{
        id: "x_00000001",
        name: "words",
        appeal: ID,
        arms: JSON.stringify([{ arm: "a", share: 100 }]),
        currency: "USD",
      },
      ...{ rates: "{}", capMinor: 1_000n, plannedReaders: 100, smallestEffectMilli: 1, createdAt: NOW, startedAt: NOW },
      lastDay: Math.floor(NOW.getTime() / 86_400_000) + 10,
    },
  });
  await start(ANNA);
  await saveAppealPart(db, {
    id: ID,
    by: ANNA,
    now: NOW,
    base: 1,
    value: { part: "presets", presets: { USD: { once: ["5", "9"] } } },
  });
  expect(await publish({ version: 2 })).toMatchObject({ kind: "published" });
  await saveHeadline("Other words", { base: 2 });
  expect(await publish({ version: 3 })).toEqual({ kind: "refused", reason: "experiment" });
  expect(await headlineAt(later(1))).toBe("Readers pay for this");
});

test("readers see the appeal that started last, and the previous one again when it ends", async () => {
  await publish();
  const copied = await copyAppeal(db, { from: ID, name: "Zürich: 3 days!", by: BORIS, now: later(1) });
  expect(copied).toEqual({ kind: "copied", id: "zurich-3-days" });
  const drive = { id: "zurich-3-days", by: BORIS, recordAct, version: 1, startsAt: null, languages: ["en"] };
  await publishAppeal(db, { ...drive, now: later(2), endsAt: later(60) });
  const shown = await Promise.all(
    [1, 2, 59, 60].map(async (minute) => findShownAppeal(await listPublishedUnendedAppeals(db), later(minute))?.id),
  );
  expect(shown).toEqual([ID, "zurich-3-days", "zurich-3-days", ID]);
  expect(
    (await listAppeals(db, { forColleagueId: ANNA, now: later(3) })).map(({ id, isShown, state }) => [
      id,
      isShown,
      state,
    ]),
  ).toEqual([
    ["zurich-3-days", true, "live"],
    [ID, false, "live"],
  ]);
});

test("a copy needs a name; its id has a number if the name has no Latin letters or is taken", async () => {
  const copy = (name: string) => copyAppeal(db, { from: ID, name, by: ANNA, now: NOW });
  expect(await copy(" x ")).toEqual({ kind: "refused", reason: "name" });
  expect(await copy("Зима")).toEqual({ kind: "copied", id: "appeal-2" });
  expect(await copy("Winter")).toEqual({ kind: "copied", id: "winter-3" });
  expect(await copyAppeal(db, { from: "none", name: "Spring", by: ANNA, now: NOW })).toMatchObject({
    reason: "not-found",
  });
});

test("an appeal whose content cannot be read is not shown, and its id is listed as unreadable", async () => {
  await publish();
  const content = JSON.stringify({ variants: "many" });
  await db.appealVersion.create({ data: { appealId: ID, number: 2, at: NOW, by: ANNA, kind: "edited", content } });
  await db.appeal.update({ where: { id: ID }, data: { published: 2 } });
  const published = await listPublishedUnendedAppeals(db);
  expect([findShownAppeal(published, later(1)), published.unreadableIds]).toEqual([null, [ID]]);
});
