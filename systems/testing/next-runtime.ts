// Next's own server sets the global AsyncLocalStorage before anything else. Without it, the first test that loads
// Next's request scope would get a stub, and so would all test files in its process.
import { AsyncLocalStorage } from "node:async_hooks";

Object.assign(globalThis, { AsyncLocalStorage });
