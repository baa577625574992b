/** Room of a namespace, or of a unit's quota: the most that the server takes of each. */
export const ROOM = [
  { name: 'cpu', text: 'apply.cpu', min: 0, max: 10_000 },
  { name: 'memoryGib', text: 'apply.namespaceMemory', min: 0, max: 65_536 },
  { name: 'storageGib', text: 'apply.storage', min: 0, max: 1_048_576 },
] as const;
