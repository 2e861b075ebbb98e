// Preloaded (`node --import`) into every process that we start: where the one that started it is gone, even by kill -9, it ends
// as well. So nothing keeps a port after its terminal was closed.
const lookAgainAfterMs = 500;
// Named by the parent itself, since it may be gone before we first look; our own children name us in turn.
const parent = Number(process.env.STARTED_BY ?? process.ppid);
process.env.STARTED_BY = String(process.pid);
// A runner of tests puts another in its place, which only throws.
const exit = process.exit.bind(process);

setInterval(() => {
  if (process.ppid !== parent) exit(1);
}, lookAgainAfterMs).unref();
