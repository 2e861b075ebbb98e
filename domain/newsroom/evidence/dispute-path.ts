// The address of a dispute's page in the newsroom. Its verbs have theirs below it.
export function disputePath(disputeId: string): string {
  return `/newsroom/disputes/${disputeId}`;
}
