// Preloaded (`node --import`) into every process that we start. The process exits once its parent is gone, even after kill -9, so
// no port stays occupied after a terminal is closed.
const checkEveryMs = 500;
// The parent passes its own id in STARTED_BY, because it may be gone before our first check. We pass ours to our children.
const parent = Number(process.env.STARTED_BY ?? process.ppid);
process.env.STARTED_BY = String(process.pid);
// Vitest replaces process.exit by a function that throws.
const exit = process.exit.bind(process);

setInterval(() => {
  if (process.ppid !== parent) exit(1);
}, checkEveryMs).unref();
