import type { Owner, Processes } from '../runs/owner.ts'

/** Processes that are not there. `pid`: the one that asks. `gone`: those of which it is certain that they have ended. */
export function ownersOf(pid: number, gone: ReadonlySet<number>): Processes {
  const self: Owner = { pid, since: '', host: 'here', boot: '', namespace: '' }
  return { self: async () => self, hasEnded: async (owner) => gone.has(owner.pid) }
}
