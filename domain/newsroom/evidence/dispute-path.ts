// The path of a dispute's page in the newsroom. The paths of its actions begin with it.
export function disputePath(disputeId: string): string {
  return `/newsroom/disputes/${disputeId}`;
}
