// Says to the jobs of this process that something is due. They may be another copy of the code than the one that says so: the
// webhook's door is built apart from Next (tools/build/server-bundle.mjs).

/** Too short for anyone who waits for a mail, and long enough for a burst of webhooks to be one round. */
const GATHERED_FOR_MS = 20;

const shared = globalThis as typeof globalThis & { appealWorkOff?: () => void; appealPoked?: NodeJS.Timeout };

/** What a commit calls after it has queued work. Never throws, never waits; many at once are one. */
export function pokeJobs(): void {
  shared.appealPoked ??= setTimeout(() => {
    shared.appealPoked = undefined;
    shared.appealWorkOff?.();
  }, GATHERED_FOR_MS).unref();
}

export function onPoke(workOff: () => void): void {
  shared.appealWorkOff = workOff;
}
