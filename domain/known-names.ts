/**
 * The type of a parameter whose values may only have names from `Known`, as in
 * `<V extends Partial<Known>>(values: V & OnlyKnownNames<V, Known>)`. Without it, TypeScript refuses other names only in
 * an object that is written in the call itself. It cannot see the names in a spread `Record<string, …>`.
 */
export type OnlyKnownNames<Values, Known> = {
  [Name in keyof Values]: Name extends keyof Known ? Known[Name] : never;
};
