// Makes a child process exit when its parent is gone, even after kill -9, so that no port stays occupied. Use it with
// `node --import`.
const checkEveryMs = 500;
// Reads the parent's process id from STARTED_BY, where the parent has written it. If the parent has already exited,
// `process.ppid` is the id of another process.
const parent = Number(process.env.STARTED_BY ?? process.ppid);
process.env.STARTED_BY = String(process.pid);
// Keeps the original function, because Vitest replaces process.exit with a function that throws.
const exit = process.exit.bind(process);

setInterval(() => {
  if (process.ppid !== parent) exit(1);
}, checkEveryMs).unref();
