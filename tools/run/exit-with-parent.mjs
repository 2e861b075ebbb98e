// Preloaded (`node --import`) into child processes. The process exits once its parent is gone, even after kill -9, so no port
// stays occupied.
const checkEveryMs = 500;
// The parent passes its id in STARTED_BY, because it may be gone before the first check here.
const parent = Number(process.env.STARTED_BY ?? process.ppid);
process.env.STARTED_BY = String(process.pid);
// Vitest replaces process.exit by a function that throws.
const exit = process.exit.bind(process);

setInterval(() => {
  if (process.ppid !== parent) exit(1);
}, checkEveryMs).unref();
