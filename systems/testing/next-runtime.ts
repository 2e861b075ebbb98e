// Sets the global AsyncLocalStorage, as Next's own server does when it starts. Without it, Next's request scope would
// be a stub in all test files of the process.
import { AsyncLocalStorage } from "node:async_hooks";

Object.assign(globalThis, { AsyncLocalStorage });
