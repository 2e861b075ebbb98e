// Brings a version before readers, now or at a moment, and takes it away again. Each of these is an act in the staff's log.
import type { Db, Tx } from "../database";
import { type AppealContent, listMissingWords, type MissingWords } from "./appeal-content";
import { type AppealState, stateOf } from "./appeal-state";
import { addVersion, type Editor, type EditRefusal, getContent, refused } from "./appeal-versions";
import { NO_LOCK, standingOf } from "./edit-lock";
import type { NoteAct } from "./note-act";
import { type AppealRow, changeAppeal, findAppealRow, listOpenRows, noteChange } from "./store/appeals";
import { changesWordsOnTrial } from "./words-on-trial";

type By = Editor & { id: string; noteAct: NoteAct };

export type PublishRefusal =
  | EditRefusal
  | { kind: "refused"; reason: "end-before-start" | "experiment" }
  | { kind: "refused"; reason: "missing-words"; missing: MissingWords[] };

export type Published = { kind: "published"; state: AppealState } | PublishRefusal;

type Plan = {
  /** The version that the colleague saw; refused as `changed` if there is a newer one. */
  version: number;
  /** Null or a moment that has passed: at once. An appeal that is live stays so, whatever this says. */
  startsAt: Date | null;
  endsAt: Date | null;
  languages: readonly string[];
};

export function publishAppeal(db: Db, { version, startsAt, endsAt, languages, ...by }: By & Plan): Promise<Published> {
  return db.$transaction(async (tx) => {
    const row = await findOwnRow(tx, by);
    if ("kind" in row) return row;
    if (row.latest !== version) return refused("changed");
    const content = await getContent(tx, { appealId: by.id, number: version });
    const missing = listMissingWords(content, languages);
    if (missing.length > 0) return { kind: "refused", reason: "missing-words", missing };
    if (await disturbs(tx, row, { content, now: by.now })) return { kind: "refused", reason: "experiment" };
    const start = startOf(row, { startsAt, now: by.now });
    if (endsAt && endsAt <= (start > by.now ? start : by.now)) return { kind: "refused", reason: "end-before-start" };
    const planned = { published: version, startsAt: start, endsAt };
    if (isSame(row, planned)) return { kind: "published", state: stateOf(row, by.now) };
    return publishRow(tx, row, { ...by, planned });
  });
}

/** True if readers would get other words in the middle of an experiment. */
async function disturbs(
  tx: Tx,
  row: AppealRow,
  { content, now }: { content: AppealContent; now: Date },
): Promise<boolean> {
  if (row.published === null) return false;
  const from = await getContent(tx, { appealId: row.id, number: row.published });
  return changesWordsOnTrial(tx, { id: row.id, now, from, to: content });
}

type Planned = { published: number; startsAt: Date; endsAt: Date | null };

async function publishRow(tx: Tx, row: AppealRow, { planned, ...by }: By & { planned: Planned }): Promise<Published> {
  const publishing = { ...planned, publishedAt: by.now, publishedBy: by.by };
  const state = stateOf({ ...row, ...publishing }, by.now);
  if (!(await changeAppeal(tx, row, { ...publishing, notedState: state }))) return refused("changed");
  await noteChange(tx);
  const { id, noteAct, now } = by;
  await noteAct(tx, {
    kind: "appeal-published",
    about: `appeal:${id}`,
    before: valuesOf(row, now),
    after: valuesOf({ ...row, ...publishing }, now),
  });
  return { kind: "published", state };
}

function startOf(row: AppealRow, { startsAt, now }: { startsAt: Date | null; now: Date }): Date {
  if (stateOf(row, now) === "live" && row.startsAt) return row.startsAt;
  return startsAt && startsAt > now ? startsAt : now;
}

function isSame(row: AppealRow, planned: Planned): boolean {
  const sameTime = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime();
  return (
    row.published === planned.published &&
    sameTime(row.startsAt, planned.startsAt) &&
    sameTime(row.endsAt, planned.endsAt)
  );
}

/** For the log of acts. */
function valuesOf(row: Pick<AppealRow, "published" | "startsAt" | "endsAt"> & AppealRow, now: Date) {
  const { published, startsAt, endsAt } = row;
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return { state: stateOf(row, now), version: published, startsAt: text(startsAt), endsAt: text(endsAt) };
}

export type Changed = { kind: "changed" } | EditRefusal;

/** Makes a scheduled appeal a draft again. Nothing happens to one in any other state. */
export function withdrawAppeal(db: Db, by: By): Promise<Changed> {
  return changeState(db, { ...by, from: "scheduled", kind: "appeal-withdrawn", change: DRAFT });
}

const DRAFT = {
  published: null,
  publishedAt: null,
  publishedBy: null,
  startsAt: null,
  endsAt: null,
  notedState: "draft",
};

/** Ends a live appeal for good. */
export function endAppeal(db: Db, by: By): Promise<Changed> {
  const change = { endedAt: by.now, endedBy: by.by, notedState: "ended", ...NO_LOCK };
  return changeState(db, { ...by, from: "live", kind: "appeal-ended", change });
}

type StateChange = By & {
  from: AppealState;
  kind: "appeal-withdrawn" | "appeal-ended";
  change: Partial<AppealRow>;
};

function changeState(db: Db, { from, kind, change, ...by }: StateChange): Promise<Changed> {
  return db.$transaction(async (tx) => {
    const row = await findOwnRow(tx, by);
    if ("kind" in row) return row.reason === "ended" ? { kind: "changed" } : row;
    if (stateOf(row, by.now) !== from) return { kind: "changed" };
    if (!(await changeAppeal(tx, row, change))) return refused("changed");
    await noteChange(tx);
    const [before, after] = [valuesOf(row, by.now), valuesOf({ ...row, ...change }, by.now)];
    await by.noteAct(tx, { kind, about: `appeal:${by.id}`, before, after });
    return { kind: "changed" };
  });
}

/** A new version with an old one's content. If readers see the appeal, or will, they get this version. `seen`: the newest version then. */
export function rollBack(
  db: Db,
  { to, seen, ...by }: By & { to: number; seen: number },
): Promise<Changed | { kind: "refused"; reason: "experiment" }> {
  return db.$transaction(async (tx) => {
    const row = await findOwnRow(tx, by);
    if ("kind" in row) return row;
    if (row.latest !== seen) return refused("changed");
    const newest = await getContent(tx, { appealId: by.id, number: row.latest });
    const content = await getContent(tx, { appealId: by.id, number: to });
    if (await disturbs(tx, row, { content, now: by.now })) return { kind: "refused", reason: "experiment" };
    const terms = { content, kind: "rolled-back", detail: String(to), editor: by } as const;
    const saved = await addVersion(tx, { row, content: newest }, terms);
    if (saved.kind === "refused") return saved;
    const isShown = await showToReaders(tx, { ...by, number: saved.number });
    const after = { version: saved.number, as: to, state: stateOf(row, by.now) };
    const act = { kind: "appeal-rolled-back", about: `appeal:${by.id}`, after } as const;
    if (saved.isNew || isShown) await by.noteAct(tx, { ...act, before: { version: row.published ?? row.latest } });
    return { kind: "changed" };
  });
}

/** True if readers had, or would have had, another version. */
async function showToReaders(tx: Tx, { id, number, by, now }: By & { number: number }): Promise<boolean> {
  const row = await findAppealRow(tx, id);
  if (!row || row.published === null || row.published === number) return false;
  await changeAppeal(tx, row, { published: number, publishedAt: now, publishedBy: by });
  await noteChange(tx);
  return true;
}

/** The appeal, unless it has ended or somebody else edits it. */
async function findOwnRow(tx: Tx, by: By): Promise<AppealRow | EditRefusal> {
  const row = await findAppealRow(tx, by.id);
  if (!row) return refused("not-found");
  if (stateOf(row, by.now) === "ended") return refused("ended");
  return standingOf(row, by).kind === "held" ? refused("held") : row;
}

/** Notes starts and ends that came by the clock in the log, as acts of the site. Safe to repeat, and by several instances at once. */
export async function noteByClock(db: Db, { now, noteAct }: { now: Date; noteAct: NoteAct }): Promise<void> {
  for (const row of await listOpenRows(db)) {
    const state = stateOf(row, now);
    if (state === row.notedState) continue;
    await db.$transaction(async (tx) => {
      const lock = state === "ended" ? NO_LOCK : {};
      if (!(await changeAppeal(tx, row, { notedState: state, ...lock }))) return;
      const values = { state, version: row.published };
      const act = { about: `appeal:${row.id}`, before: { state: row.notedState }, after: values };
      await noteAct(tx, { kind: state === "ended" ? "appeal-ended" : "appeal-started", ...act });
    });
  }
}
