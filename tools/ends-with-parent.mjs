// Preloaded (`node --import`) into every process that we start: where the one that started it is gone, even by kill -9, it ends
// as well. So nothing keeps a port after its terminal was closed.
const parent = process.ppid;
const lookAgainAfterMs = 500;

setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, lookAgainAfterMs).unref();
